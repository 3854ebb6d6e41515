// Adding by typing: a field in the timeline with a list that follows what is typed. Without a script the same
// links lead to a page that does the same.

const builder = document.querySelector("#builder");
const template = document.querySelector("#adding-template");
const panel = () => document.querySelector("#adding");
const field = () => document.querySelector("#adding-q");
const list = () => document.querySelector("#offers");
const options = () => [...list().querySelectorAll("[role=option]")];

// What the list that is shown was asked for, and whether Enter waits for the list that answers what is typed.
let answered = null;
let wanted = false;
// What was typed for the one that is on its way.
let sent = "";
// Where the next one goes: after this many steps of the part, or at its end (null).
let position = null;
// What had focus before, to give it back.
let from = "";

// A change of the plan brings the timeline anew; the field in it stays.
const { callbacks } = Idiomorph.defaults;
Idiomorph.defaults.callbacks = {
  ...callbacks,
  beforeNodeRemoved: (node) => node.id !== "adding" && callbacks.beforeNodeRemoved(node),
};

// Opening and closing

const home = (part) => document.querySelector(`#steps-${part}`).closest(".part");

function open(part, place) {
  from = document.activeElement?.id ?? "";
  if (!panel()) {
    home(part).append(template.content.cloneNode(true));
    htmx.process(panel());
  }
  stand(part, place);
  field().focus();
}

function stand(part, place) {
  position = place;
  if (!home(part).contains(panel())) home(part).append(panel());
  panel().part.value = part;
  panel().scrollIntoView({ block: "nearest" });
  htmx.trigger(field(), "offer");
}

function close() {
  const added = document.querySelector(".step.added");
  panel().remove();
  answered = null;
  wanted = false;
  (added ?? document.getElementById(from))?.focus();
}

// After the step that is chosen; else at the end of the session, and in an empty plan at its beginning.
function openAtStep() {
  const step = document.activeElement?.closest("#timeline .step");
  const all = document.querySelectorAll("#timeline .step");
  const last = [...all].filter((one) => one.parentElement.dataset.part !== "home").at(-1);
  const part = (step ?? last)?.parentElement.dataset.part ?? "arrive";
  open(part, step ? [...step.parentElement.children].indexOf(step) + 1 : null);
}

builder.addEventListener("click", (event) => {
  const link = event.target.closest("a.add-here");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.dataset.part, null);
});

document.addEventListener("planner:key", (event) => {
  if (event.detail.key !== "/" || event.detail.repeat) return;
  event.preventDefault();
  openAtStep();
});

// The list

function activate(option) {
  for (const one of options()) one.setAttribute("aria-selected", one === option);
  if (option) field().setAttribute("aria-activedescendant", option.id);
  else field().removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

const active = () => list().querySelector("[aria-selected=true]");

function move(by) {
  const all = options();
  const now = all.indexOf(active());
  const next = now < 0 ? Math.min(by, 0) : now + by;
  activate(all.at(next % all.length));
}

function add(option) {
  if (!option) return;
  const { address, title, minutes } = option.dataset;
  // The next one may be typed while this one is on its way.
  sent = field().value;
  field().value = "";
  const values = { part: panel().part.value, position: position ?? "" };
  if (title) Object.assign(values, { title, minutes });
  htmx.ajax("POST", address, { source: panel(), target: "#workspace", swap: "morph:outerHTML", values }).catch(() => {});
}

builder.addEventListener("keydown", (event) => {
  if (event.target.id !== "adding-q" || event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (event.repeat) return;
    // The list is of what was typed a moment ago: what is typed by now decides.
    wanted = answered !== field().value && field().value.trim() !== "";
    if (answered === field().value) add(active());
  }
});

builder.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest("#adding")) return;
  event.preventDefault();
  close();
});

builder.addEventListener("submit", (event) => {
  if (event.target.id === "adding") event.preventDefault();
});

// Pressing in the list leaves focus in the field, where the next one is typed.
builder.addEventListener("mousedown", (event) => {
  if (event.target.closest("#offers")) event.preventDefault();
});

builder.addEventListener("click", (event) => {
  if (event.target.closest("#adding-close")) close();
  const option = event.target.closest("#offers [role=option]");
  if (option && event.detail < 2) add(option);
});

builder.addEventListener("input", ({ target }) => {
  if (target.id === "adding-q") wanted = false;
});

builder.addEventListener("change", ({ target }) => {
  if (target.id !== "adding-part") return;
  stand(target.value, null);
  target.focus();
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const { elt, parameters } = detail.requestConfig ?? {};
  if (elt?.id !== "adding-q" || !panel() || detail.xhr.status !== 200) return;
  answered = parameters.q ?? "";
  field().setAttribute("aria-expanded", options().length > 0);
  document.querySelector("#adding-said").textContent = list().dataset.said;
  // With nothing typed, nothing is taken by Enter that was not chosen.
  activate(answered.trim() ? options()[0] : null);
  if (!answered) panel().scrollIntoView({ block: "nearest" });
  if (!wanted || answered !== field().value) return;
  wanted = false;
  add(active());
});

// The next one goes after the one that was added.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.requestConfig?.elt?.id !== "adding" || detail.xhr.status !== 200 || !panel()) return;
  const added = document.querySelector(".step.added");
  position = added && position !== null ? [...added.parentElement.children].indexOf(added) + 1 : null;
  if (document.activeElement === document.body) field().focus();
  if (!field().value) htmx.trigger(field(), "offer");
});

// What could not be added stands in the field again.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt.id !== "adding" || detail.successful || !panel()) return;
  field().value = sent + field().value;
});
