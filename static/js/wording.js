// Remarks on wording while one types: a line under the words, what there is to say below the field.
// A field with `data-wording` stands in a `.worded` box with room for the lines (templates/wording/parts.html).
// It only shows: nothing waits for it, and when no answer comes nothing is said.

const PAUSE = 600;

// For each field: the text that it held when it was last seen, the text that its remarks are about (none yet:
// null), and where the words of each remark stand now.
const known = new WeakMap();

const isWorded = (field) => field instanceof Element && field.matches(".worded > [data-wording]");
const all = () => document.querySelectorAll(".worded > [data-wording]");
const below = (field) => field.parentElement.nextElementSibling;
const above = (remarks) => remarks.previousElementSibling.querySelector("[data-wording]");
const items = (field) => [...below(field).querySelectorAll("li")];

const spotOf = (item) => ({ item, start: Number(item.dataset.start), end: Number(item.dataset.end) });
const stands = (field, { item, start, end }) => field.value.slice(start, end) === item.dataset.words;

// Reading a field's remarks

function meet(field) {
  const unread = below(field).hasAttribute("data-unread") || field.value !== field.defaultValue;
  known.set(field, { seen: field.value, about: unread ? null : field.value, spots: [] });
  sizes.observe(field);
  read(field);
  if (unread) wait(field);
}

function read(field) {
  known.get(field).spots = items(field).map(spotOf).filter((spot) => stands(field, spot));
  for (const button of below(field).querySelectorAll("[data-put]")) button.hidden = !hasRoom(field, button);
  draw(field);
}

function hasRoom(field, { dataset }) {
  const length = field.value.length - dataset.had.length + dataset.put.length;
  return field.maxLength < 0 || length <= field.maxLength;
}

// The lines stay under their words while one types elsewhere; words that are being changed lose theirs.
function follow(field) {
  const state = known.get(field);
  const [before, now] = [state.seen, field.value];
  const most = Math.min(before.length, now.length);
  let first = 0;
  while (first < most && before[first] === now[first]) first += 1;
  let last = 0;
  while (last < most - first && before.at(-1 - last) === now.at(-1 - last)) last += 1;
  const moved = now.length - before.length;
  for (const spot of state.spots) {
    if (spot.start < before.length - last) continue;
    spot.start += moved;
    spot.end += moved;
  }
  state.seen = now;
  state.spots = state.spots.filter((spot) => stands(field, spot));
  draw(field);
}

// Asking, one field at a time

const waiting = new Set();
let timer = null;
let asking = null;

function wait(field, pause = PAUSE) {
  waiting.add(field);
  if (asking?.field === field) asking.stop.abort();
  clearTimeout(timer);
  timer = setTimeout(() => {
    timer = null;
    next();
  }, pause);
}

async function next() {
  if (asking || timer) return;
  const field = [...waiting].find((each) => (waiting.delete(each), each.isConnected && known.get(each)?.about !== each.value));
  if (!field) return;
  asking = { field, stop: new AbortController() };
  const text = field.value;
  try {
    const answer = await ask(field.id, text, asking.stop.signal);
    if (answer && field.isConnected && field.value === text) show(field, answer);
  } catch {
    // No connection, or newer typing: the next pause asks again.
  }
  asking = null;
  next();
}

async function ask(id, text, signal) {
  const answer = await fetch("/wording/check", {
    method: "POST",
    headers: { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) },
    body: new URLSearchParams({ field: id, text }),
    signal,
  });
  if (!answer.ok) return null;
  const room = document.createElement("template");
  room.innerHTML = await answer.text();
  return room.content.querySelector(".wording");
}

// What is the same stays as it is: the number is spoken only when it changes, and focus keeps its place.
function show(field, answer) {
  const state = known.get(field);
  const here = below(field);
  const at = here.contains(document.activeElement) ? document.activeElement : null;
  const number = answer.querySelector("p").textContent;
  if (here.querySelector("p").textContent !== number) here.querySelector("p").textContent = number;
  here.removeAttribute("data-unread");
  here.querySelector("ul")?.remove();
  const list = answer.querySelector("ul");
  if (list) {
    here.append(list);
    htmx.process(list);
  }
  state.seen = state.about = field.value;
  read(field);
  if (at && !at.isConnected) focusNear(field, at.closest("li")?.dataset.mark);
}

function focusNear(field, mark) {
  const near = below(field).querySelector(`li[data-mark="${mark}"] button:not([hidden])`) ?? below(field).querySelector("button:not([hidden])");
  (near ?? field).focus();
}

// Drawing

// What decides where a letter stands.
const LIKE = [
  "fontFamily", "fontSize", "fontStyle", "fontWeight", "fontStretch", "fontVariant", "fontKerning", "fontFeatureSettings",
  "letterSpacing", "wordSpacing", "textIndent", "textTransform", "textAlign", "textRendering", "direction", "tabSize",
  "lineHeight", "wordBreak", "overflowWrap", "hyphens", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft",
];

const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => target.isConnected && draw(target)));

function draw(field) {
  const over = field.parentElement.querySelector(".underlined");
  const { spots } = known.get(field);
  over.replaceChildren();
  if (!spots.length || !field.getClientRects().length) return;
  const text = document.createElement("div");
  let at = 0;
  for (const { start, end } of spots) {
    const words = document.createElement("span");
    words.textContent = field.value.slice(start, end);
    text.append(field.value.slice(at, start), words);
    at = end;
  }
  text.append(field.value.slice(at));
  over.append(text);
  measure(field, over, text);
  scroll(field);
}

function measure(field, over, text) {
  const style = getComputedStyle(field);
  const px = (name) => parseFloat(style[name]) || 0;
  for (const name of LIKE) text.style[name] = style[name];
  const across = px("borderLeftWidth") + px("borderRightWidth");
  // As wide as the text, without the scroll bar: in parts of a pixel, or lines would end at other words.
  const bar = Math.max(0, Math.round(field.offsetWidth - field.clientWidth - across));
  const width = field.getBoundingClientRect().width - across - bar;
  over.style.left = `${field.offsetLeft + px("borderLeftWidth")}px`;
  over.style.top = `${field.offsetTop + px("borderTopWidth")}px`;
  over.style.width = `${width}px`;
  over.style.height = `${field.clientHeight}px`;
  if (field.tagName === "TEXTAREA") {
    text.style.whiteSpace = "pre-wrap";
    text.style.width = `${width}px`;
  } else {
    // One line, in the middle.
    text.style.whiteSpace = "pre";
    text.style.lineHeight = `${field.clientHeight - px("paddingTop") - px("paddingBottom")}px`;
  }
}

function scroll(field) {
  const text = field.parentElement.querySelector(".underlined").firstElementChild;
  if (text) text.style.transform = `translate(${-field.scrollLeft}px, ${-field.scrollTop}px)`;
}

// What people do

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!isWorded(field) || !known.has(field)) return;
  follow(field);
  if (!event.isComposing) wait(field);
});

document.addEventListener("scroll", ({ target }) => isWorded(target) && known.has(target) && scroll(target), true);
// A line of text scrolls without saying so.
document.addEventListener("focusout", ({ target }) => isWorded(target) && requestAnimationFrame(() => scroll(target)));

// The remark on the words where one is stands out, and a finger on them leads to it.
let touched = false;
document.addEventListener("pointerdown", ({ pointerType }) => (touched = pointerType === "touch"), true);

function spotAt(field) {
  const place = field.selectionStart;
  return known.get(field).spots.find(({ start, end }) => start <= place && place <= end);
}

document.addEventListener("selectionchange", () => {
  const field = document.activeElement;
  if (!isWorded(field) || !known.has(field)) return;
  scroll(field);
  const at = spotAt(field)?.item;
  for (const item of items(field)) item.classList.toggle("at", item === at);
});

document.addEventListener("click", ({ target }) => {
  if (touched && isWorded(target) && known.has(target)) spotAt(target)?.item.scrollIntoView({ block: "center" });
  const button = target.closest?.("[data-put]");
  if (button) put(button);
});

// The offered words take the place of the sentence, if that still stands there. It goes through the browser's own
// editing, so that Ctrl+Z takes it back.
function put(button) {
  const field = above(button.closest(".wording"));
  const { put: words, had } = button.dataset;
  const spot = known.get(field).spots.find(({ item }) => item.contains(button));
  const start = spot ? Number(button.dataset.from) + spot.start - Number(spot.item.dataset.start) : -1;
  if (!spot || field.value.slice(start, start + had.length) !== had) return wait(field, 0);
  field.focus();
  field.setSelectionRange(start, start + had.length);
  if (!document.execCommand("insertText", false, words)) {
    field.setRangeText(words, start, start + had.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  // What is still to be said is chosen, to be typed over.
  const open = words.indexOf("…");
  if (open >= 0) field.setSelectionRange(start + open, start + open + 1);
  document.querySelector("#status").textContent = button.dataset.done;
  wait(field, 0);
}

// What was left goes at once, wherever the sentence stands.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.elt.matches?.("[data-let-be]") || !detail.successful) return;
  const mark = detail.elt.value;
  for (const field of all()) {
    const gone = items(field).filter((item) => item.dataset.mark === mark);
    if (!gone.length || !known.has(field)) continue;
    const had = gone.some((item) => item.contains(document.activeElement));
    for (const item of gone) item.remove();
    known.get(field).about = null;
    read(field);
    if (had) focusNear(field, "");
    wait(field, 0);
  }
});

// What came new onto the page, or was changed there

function look() {
  for (const field of all()) {
    if (!known.has(field)) meet(field);
    else if (field.value !== known.get(field).seen) {
      follow(field);
      wait(field, 0);
    } else draw(field);
  }
}

// In the builder all is compared with what the server sends: lines and remarks are newer here.
if (window.Idiomorph) {
  const { callbacks } = Idiomorph.defaults;
  const morphed = callbacks.beforeNodeMorphed;
  const ours = (now, next, kind) => now.matches?.(kind) && next.matches?.(kind) && now.id === next.id;
  callbacks.beforeNodeMorphed = (now, next) => (ours(now, next, ".wording[id]") || ours(now, next, ".underlined") ? false : morphed(now, next));
}

// On the page with all remarks on a plan: after the last one there is no next that could have the focus.
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement === document.body) document.querySelector("#open")?.focus();
});

look();
document.addEventListener("htmx:afterSwap", look);
document.fonts.ready.then(look);
