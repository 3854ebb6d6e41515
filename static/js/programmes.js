// A programme's page: the right number with every change, typing that is never overwritten, and drag and drop.
// Everything here has a form or a button that does the same without a script.

const series = document.querySelector("#series");
const page = () => document.querySelector("#programme");

// Typing

// True for the field one is in, when what is typed there is newer than what the server sends back.
const keeps = (field, next) =>
  field === document.activeElement && field.value !== field.defaultValue && field.value !== next.value;

Idiomorph.defaults.ignoreActiveValue = false;
Idiomorph.defaults.callbacks = {
  ...Idiomorph.defaults.callbacks,
  beforeNodeMorphed: (now, next) => {
    if (now.nodeType !== Node.ELEMENT_NODE || now.tagName !== next.tagName) return true;
    // What was folded or unfolded stays so.
    if (now.tagName === "DETAILS") next.toggleAttribute("open", now.open);
    // A refused form stays until it is sent again or given up.
    if (now.matches("form[data-refused]") && !now.hasAttribute("data-sent") && !leaving) return false;
    return !(now.matches("textarea, input:not([type=hidden])") && keeps(now, next));
  },
};

// True while a refused form is being given up.
let leaving = false;

// Enter ends the line of an aim; the change is then sent as when one leaves the field.
series.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches(".session-form textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// Requests

// They wait in a queue, so the number is read when one is sent and not when it was clicked. After a refusal
// those that were clicked before it are dropped: nobody has seen yet what stands now.
let refusedAt = 0;
// What each row was last sent with: leaving a field after Enter would send the same once more.
const sent = new Map();

function isSaid(form, { aim, kind }) {
  const said = JSON.stringify([aim, kind]);
  if (sent.get(form.id) === said) return true;
  sent.clear();
  sent.set(form.id, said);
  return false;
}

series.addEventListener("htmx:configRequest", (event) => {
  const { elt, verb, parameters, triggeringEvent } = event.detail;
  if (triggeringEvent?.timeStamp < refusedAt) {
    event.preventDefault();
    return;
  }
  leaving = elt.matches("[data-leave]");
  if (verb === "get") return;
  if (!elt.matches("form")) return;
  if (!elt.matches(".session-form")) sent.clear();
  // Once both texts are shown, only pressing the button or Enter decides.
  else if ((elt.matches("[data-refused]") && triggeringEvent?.type === "change") || isSaid(elt, parameters)) {
    event.preventDefault();
    return;
  }
  parameters.number = page().dataset.number;
  elt.toggleAttribute("data-sent", true);
});

series.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status >= 400) {
    refusedAt = performance.now();
    sent.clear();
  } else if (dragging && detail.target.id === "programme") {
    // The page must not change under a hand that drags; what is dropped brings all of it.
    detail.shouldSwap = false;
    page().dataset.number = /data-number="(\d+)"/.exec(detail.xhr.response)?.[1] ?? "";
    missed = true;
  }
});

series.addEventListener("htmx:sendError", () => sent.clear());

series.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.elt.removeAttribute("data-sent");
});

// Drag and drop

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
let home;
let dragging = false;
let missed = false;

// Send it; when nothing came back, what was dragged returns to where it was. The form stays until then: while a
// save is on its way the request waits, and htmx sends nothing for what is gone by then.
function send(address, values, item) {
  const before = page().dataset.number;
  const form = document.createElement("form");
  series.append(form);
  form.addEventListener("htmx:afterRequest", () => {
    form.remove();
    if (page().dataset.number === before && item.isConnected) home.list.insertBefore(item, home.next);
  });
  htmx
    .ajax("POST", page().dataset.address + address, { source: form, target: "#programme", swap: "morph:outerHTML", values })
    .catch(() => {});
}

// A press on a grip ends typing elsewhere, whose answer must not come between the press and the drag.
function take({ item }) {
  home = { list: item.parentElement, next: item.nextElementSibling };
  dragging = true;
}

function end() {
  dragging = false;
  if (missed) htmx.ajax("GET", location.href, { source: series, target: "#programme", swap: "morph:outerHTML" });
  missed = false;
}

function moveSession({ item, oldIndex, newIndex }) {
  if (oldIndex === newIndex) return;
  dragging = missed = false;
  send(`/sessions/${item.dataset.id}/move`, { position: newIndex, view: "sessions" }, item);
}

function moveStep({ item, from, to }) {
  // Inside a session the order is changed on the plan's own page.
  if (from === to) {
    home.list.insertBefore(item, home.next);
    return;
  }
  dragging = missed = false;
  const before = item.nextElementSibling?.dataset.id ?? "";
  send("/steps", { source: from.dataset.at, target: to.dataset.at, segment: item.dataset.id, before, view: "steps" }, item);
}

function makeSortable() {
  const usual = { handle: ".grip", animation: still ? 0 : 120, onChoose: take, onUnchoose: () => setTimeout(end) };
  const list = document.querySelector("#sessions");
  if (list && !Sortable.get(list)) new Sortable(list, { ...usual, onEnd: moveSession });
  for (const blocks of document.querySelectorAll(".blocks")) {
    if (!Sortable.get(blocks)) new Sortable(blocks, { ...usual, group: "steps", onEnd: moveStep });
  }
}

// Focus

let had = null;

document.addEventListener("htmx:beforeSwap", () => {
  const at = document.activeElement;
  had = series.contains(at) ? { id: at.id, session: at.closest(".session")?.id, block: at.closest(".block")?.id } : null;
});

// A control that is gone hands its focus to the nearest one that goes on.
function restoreFocus() {
  const at = document.activeElement;
  if (!had || (at && at !== document.body)) return;
  const wanted = [
    had.id && `#${CSS.escape(had.id)}`,
    had.id?.startsWith("carry") && "#put-back",
    had.id?.startsWith("move-") && "#carry-to",
    page().dataset.view === "steps" && "#view-steps",
    had.session && `#${CSS.escape(had.session)} .session-plan :is(a, button, select)`,
    "#edit-head",
  ];
  for (const selector of wanted.filter(Boolean)) {
    const found = document.querySelector(selector);
    if (found) return found.focus();
  }
}

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  makeSortable();
  const asked = detail.requestConfig?.path ?? "";
  if (asked.includes("edit=head")) document.querySelector("#head-form input:not([type=hidden])")?.focus();
  else if (asked.includes("attach=")) document.querySelector(".attach :is(select, a)")?.focus();
  else if (asked.includes("&move=")) document.querySelector("#carry-to")?.focus();
  else restoreFocus();
});

makeSortable();
