// The builder by single keys: one step is chosen, which is the one with focus, and keys act on it by pressing
// the buttons that are there for everybody.

const builder = document.querySelector("#builder");
const steps = () => [...document.querySelectorAll("#timeline .step")];
const chosen = () => document.activeElement?.closest("#timeline .step");
// The step that was chosen last, to go on from when focus has been elsewhere.
let last = "";

builder.addEventListener("focusin", ({ target }) => {
  last = target.closest(".step")?.id ?? last;
});

function choose(by) {
  const all = steps();
  const now = all.indexOf(chosen() ?? document.getElementById(last));
  const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(now + by, 0), all.length - 1);
  all[next]?.focus();
  return true;
}

function press(selector) {
  const control = document.querySelector(selector);
  control?.click();
  return Boolean(control);
}

// Minutes: pressed several times, sent once.

const PAUSE = 400;
let resizing = null;

function settle() {
  if (!resizing) return;
  clearTimeout(resizing.timer);
  resizing.input.dispatchEvent(new Event("change", { bubbles: true }));
  resizing = null;
}

function resize(step, by) {
  const input = step.querySelector(".minutes input[type=number]");
  if (resizing && resizing.input !== input) settle();
  clearTimeout(resizing?.timer);
  const minutes = Math.min(Math.max((parseInt(input.value, 10) || 0) + by, Number(input.min)), Number(input.max));
  input.value = minutes;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  resizing = { input, timer: setTimeout(settle, PAUSE) };
  return true;
}

// What the keys do

function edit(step) {
  if (press(`#edit-${step.id}`)) return true;
  step.querySelector(".edit-step input:not([type=hidden])")?.focus();
  return true;
}

const onPlan = {
  j: () => choose(1),
  k: () => choose(-1),
  u: () => press("#undo"),
  z: () => press("#undo"),
  r: () => press("#redo"),
  p: () => press("#to-handouts"),
  s: () => {
    const field = document.querySelector("#shelf-q");
    // On a phone the library is a drawer.
    if (field && !field.getClientRects().length) location.hash = "library";
    field?.focus();
    return Boolean(field);
  },
};

const onStep = {
  e: edit,
  d: (step) => press(`#duplicate-${step.dataset.id}`),
  Delete: (step) => press(`#remove-${step.dataset.id}`),
  Backspace: (step) => press(`#remove-${step.dataset.id}`),
  "+": (step) => resize(step, 1),
  "=": (step) => resize(step, 1),
  "-": (step) => resize(step, -1),
  "−": (step) => resize(step, -1),
};

// These belong to a button or a link that has focus, so they need the step itself to have it.
const onStepItself = {
  Enter: edit,
  ArrowDown: (step, shift) => (shift ? press(`#down-${step.dataset.id}`) : choose(1)),
  ArrowUp: (step, shift) => (shift ? press(`#up-${step.dataset.id}`) : choose(-1)),
};

const AGAIN = new Set(["j", "k", "+", "=", "-", "−", "ArrowDown", "ArrowUp"]);

document.addEventListener("planner:key", (event) => {
  const { key, shift, repeat } = event.detail;
  if (repeat && !AGAIN.has(key)) return;
  if (!["+", "=", "-", "−"].includes(key)) settle();
  const step = chosen();
  let taken = false;
  if (onPlan[key]) taken = onPlan[key]();
  else if (onStep[key] && step) taken = onStep[key](step);
  else if (onStep[key]) document.querySelector("#status").textContent = builder.dataset.chooseFirst;
  else if (onStepItself[key] && step && step === document.activeElement) taken = onStepItself[key](step, shift);
  if (taken) event.preventDefault();
});
