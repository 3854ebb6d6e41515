// The screen of a session. Each press acts here at once, by the same rules as in the planner, and is sent when
// there is a connection. Times are end times, so that they are right after sleep. Without a script the same
// forms post and the page is loaded again.

const from = (name) => import(document.querySelector(`#js-${name}`).href);
const [{ replay, seen, settling, plainFit }, { Queue }] = await Promise.all([from("state"), from("queue")]);

const page = document.querySelector("#run");
const data = JSON.parse(document.querySelector("#run-data").textContent);
const { words } = data;
const one = (selector) => page.querySelector(selector);
const every = (selector) => page.querySelectorAll(selector);
const status = document.querySelector("#status");

// The planner's clock, as this device's may be wrong.
const ahead = data.now - Date.now();
const clock = () => Date.now() + ahead;

const say = (template, values) => Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), template);
const count = ([single, many], n) => say(n === 1 ? single : many, { n });
const minutes = (ms) => Math.ceil(Math.abs(ms) / 60000);
const title = (step) => data.steps[step]?.title ?? "";

function speak(text) {
  status.textContent = "";
  requestAnimationFrame(() => (status.textContent = text));
}

// What happened

let events = [...data.events];
let stand = replay(data.course, events);

const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
const queue = new Queue({ address: page.dataset.events, run: data.run, member: data.member, token, told, answered });
queue.number = data.number;
merge(queue.events);

// The planner's own version of an event counts: it may have put a wrong clock right.
function merge(more) {
  const all = new Map(events.map((each) => [each.id, each]));
  for (const each of more) all.set(each.id, each);
  events = [...all.values()];
  stand = replay(data.course, events);
}

function answered({ events: more }) {
  if (!more.length) return;
  merge(more);
  render();
}

function happened(kind, values = {}) {
  const id = crypto.getRandomValues(new Uint8Array(10)).reduce((text, byte) => text + byte.toString(16).padStart(2, "0"), "");
  const event = { id, kind, at: Math.round(clock()), n: events.length, step: stand.step, ...values };
  const before = stand.step;
  merge([event]);
  queue.add(event);
  render();
  if (kind === "undo") speak(words.undone);
  else if (stand.ended) speak(words.ended);
  else if (stand.step !== before) begin();
}

// A new step begins at its top.
function begin() {
  shut();
  scrollTo({ top: 0 });
  if (stand.step) speak(say(words.now, { title: title(stand.step) }));
  one("[data-card]:not([hidden]) h1")?.focus({ preventScroll: true });
}

// What is on the screen

const at = (ms) => new Date(ms + data.zone * 60000).toISOString().slice(11, 16);

function render() {
  show("[data-card]", (each) => each.dataset.card === (stand.step || (stand.ended ? "over" : "none")));
  show("[data-badly]", (each) => each.dataset.badly === stand.step);
  const calm = settling(stand, data.settles, data.calm);
  show("[data-calm]", (each) => calm.includes(each.dataset.calm));
  const last = !stand.coming.length;
  show("[data-when=going]", () => stand.step);
  show("[data-when=first]", () => stand.step && !last);
  show("[data-when=last]", () => last && !stand.ended);
  show("[data-when=under-way]", () => !stand.ended);
  show("[data-when=aside]", () => stand.aside);
  show("[data-when=undo]", () => stand.last && !stand.ended);
  for (const input of every("input[name=step]")) input.value = stand.step;
  for (const input of every("[data-kind=undo] input[name=to]")) input.value = stand.last;
  for (const each of every("[data-title=aside]")) each.textContent = title(stand.aside);
  const [then] = stand.coming;
  one("#run-then").textContent = then ? say(words.then, { title: title(then[0]), n: then[1] }) : stand.step ? words.then_end : "";
  one("#run-ends").textContent = say(words.ends, { time: at(stand.ends) });
  renderNotes();
  tick();
}

function show(selector, when) {
  for (const each of every(selector)) each.hidden = !when(each);
}

function renderNotes() {
  const items = stand.notes.map(({ at: moment, text }) => {
    const item = document.createElement("li");
    const n = Math.floor(Math.max(0, moment - data.course.began) / 60000) + 1;
    item.textContent = say(words.note, { n, text });
    return item;
  });
  one("#run-notes").replaceChildren(...items);
}

const spoken = { low: "", close: "" };

function tick() {
  const now = seen(stand, clock());
  const long = stand.until - stand.since;
  const part = long > 0 ? Math.min(1, Math.max(0, now.left / long)) : 0;
  one("#run-ring .bar").setAttribute("stroke-dashoffset", String(Math.round((1 - part) * 1000) / 10));
  const figure = one("#run-figure");
  const total = Math.ceil(Math.abs(now.left) / 1000);
  const shown = `${now.left < 0 ? "+" : ""}${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
  if (figure.textContent !== shown) figure.textContent = shown;
  page.dataset.low = now.low;
  page.dataset.close = now.close;
  write("#run-whole", now.whole >= 0 ? count(words.whole, minutes(now.whole)) : count(words.whole_over, minutes(now.whole)));
  const over = now.left > -60000 ? words.step_due : count(words.step_over, Math.floor(-now.left / 60000));
  const low = { "": "", soon: count(words.step_soon, minutes(now.left)), over }[now.low];
  const close = { "": "", settle: count(words.settle, minutes(now.whole)), soon: count(words.soon, minutes(now.whole)), over: words.over }[now.close];
  write("#run-low", stand.ended ? "" : low);
  write("#run-close", stand.ended ? "" : close);
  // It is enough to hear of each once.
  if (now.close && now.close !== spoken.close && !stand.ended) speak(close);
  else if (now.low && now.low !== spoken.low && !stand.ended) speak(low);
  Object.assign(spoken, { low: now.low, close: now.close });
  write("#run-long", now.over && !stand.ended ? count(words.too_long, now.over) : "");
  one("#run-long-line").hidden = !now.over || Boolean(stand.ended);
}

function write(selector, text) {
  const place = one(selector);
  if (place.textContent !== text) place.textContent = text;
  place.hidden = !text;
}

setInterval(tick, 1000);

// Whether it reaches the planner

let apart = false;

function told(state, waiting) {
  const line = one("#run-link");
  const text = { waiting: say(words.waiting, { n: waiting }), "signed-out": words.signed_out, other: words.other, gone: words.gone }[state] ?? "";
  one("#run-sign-in").hidden = state !== "signed-out";
  one("#run-sending").hidden = !waiting || !stand.ended;
  if (line.textContent !== text) line.textContent = text;
  if (state !== "sent" && !apart) speak(text);
  if (state === "sent" && apart && !waiting) speak(words.sent);
  apart = state !== "sent";
  one("#run-link-line").hidden = !apart;
  if (state === "sent" && !waiting && stand.ended) location.replace(page.dataset.after);
}

// What waits goes along to the sign-in page and back; any other way out is asked about.
let leaving = false;
one("#run-sign-in").addEventListener("click", () => (leaving = true));

addEventListener("beforeunload", (event) => {
  if (queue.events.length && !leaving) event.preventDefault();
});

// Presses

function shut() {
  if (location.hash && location.hash !== "#now") location.replace("#now");
}

page.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-kind]")) {
    event.preventDefault();
    const { to, minutes: more, now, coming } = Object.fromEntries(new FormData(form));
    const values = { ...(to && { to }), ...(more && { minutes: Number(more) }), ...(now && { now: Number(now) }) };
    happened(form.dataset.kind, coming ? { ...values, coming: JSON.parse(coming) } : values);
    if (form.dataset.kind === "refit") shut();
  } else if (form.matches("#note-form")) {
    event.preventDefault();
    note(form);
  } else if (form.matches("#fit-form")) {
    event.preventDefault();
    fit(form);
  }
});

function note(form) {
  const text = form.elements.text.value.trim().replace(/\s+/g, " ");
  if (!text) return form.elements.text.focus();
  happened("note", { text });
  form.reset();
  speak(say(words.noted, { n: Math.floor(Math.max(0, clock() - data.course.began) / 60000) + 1 }));
  shut();
  one("#open-note").focus();
}

// Some find a running figure a pressure. The ring stays.
page.addEventListener("click", (event) => {
  const button = event.target.closest("#hide-figures");
  if (!button) return;
  event.preventDefault();
  const hidden = page.toggleAttribute("data-no-figures");
  button.setAttribute("aria-pressed", String(hidden));
  button.closest("details").open = false;
});

// Less time. The planner is asked; without a connection a plainer fit is made here.

async function fit(form) {
  const answer = one("#fit-answer");
  const left = Number(form.elements.minutes.value);
  if (queue.events.length) await queue.flush();
  if (!queue.events.length) {
    try {
      const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
      const found = await fetch(address, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(8000) });
      if (found.ok || found.status === 422) {
        answer.innerHTML = await found.text();
        return look(answer);
      }
    } catch {
      // Nobody can be asked: see below.
    }
  }
  plain(answer, left);
  return look(answer);
}

function look(answer) {
  for (const input of answer.querySelectorAll("input[name=step]")) input.value = stand.step;
  answer.querySelector("[tabindex='-1']")?.focus();
}

function plain(answer, left) {
  const found = left >= 1 && left <= 480 ? plainFit(stand, clock(), left, data.steps) : null;
  const shape = document.querySelector(found ? "#plain-fit" : "#plain-none").content.cloneNode(true);
  if (found) {
    const fitting = new Map(found.coming);
    const rows = [[stand.step, Math.max(0, Math.ceil((stand.until - clock()) / 60000)), found.now]];
    for (const [step, before] of stand.coming) rows.push([step, before, fitting.get(step) ?? 0]);
    const body = shape.querySelector("tbody");
    const row = body.querySelector("tr");
    row.remove();
    for (const [step, before, after] of rows) body.append(filled(row.cloneNode(true), step, before, after));
    shape.querySelector("[name=minutes]").value = left;
    shape.querySelector("[name=now]").value = found.now;
    shape.querySelector("[name=coming]").value = JSON.stringify(found.coming);
  }
  answer.replaceChildren(shape);
}

function filled(row, step, before, after) {
  const name = row.querySelector("th");
  if (after) name.textContent = title(step);
  else name.append(Object.assign(document.createElement("del"), { textContent: title(step) }));
  row.querySelector("td").textContent = before === after ? `${after}` : `${before || "–"} → ${after || "–"}`;
  return row;
}

// The screen stays awake, where the device lets a page do that.

let awake = null;

async function stayAwake() {
  if (document.visibilityState !== "visible" || stand.ended || awake) return;
  try {
    awake = await navigator.wakeLock.request("screen");
    awake.addEventListener("release", () => (awake = null));
    one("#run-awake").hidden = true;
  } catch {
    one("#run-awake").hidden = false;
  }
}

// After sleep the clock is right at once, and what a colleague did on another screen is fetched.
for (const name of ["visibilitychange", "pageshow", "focus"]) {
  (name === "visibilitychange" ? document : window).addEventListener(name, () => {
    if (document.visibilityState !== "visible") return;
    tick();
    stayAwake();
    queue.hurry();
  });
}

// A panel is a place on the page: its heading is where one goes on.
addEventListener("hashchange", () => {
  const place = document.getElementById(location.hash.slice(1) || "now");
  (place?.querySelector("input:not([type=hidden])") ?? place?.querySelector("[tabindex='-1']"))?.focus();
});

page.toggleAttribute("data-script", true);
render();
stayAwake();
// What the tab still holds is sent, and what reached the planner while this page was on its way comes back.
queue.hurry();
