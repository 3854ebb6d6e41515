// The form for an exercise: kept while one types, never at the cost of what was typed.
// Without a script “Keep as a draft” and the buttons beside the rows do the same.

const form = document.querySelector("#draft-form");

// Keeping. Counts say what is newer: `typed` goes up with every change, `kept` is what the server has.

let typed = 0;
let sent = 0;
let kept = 0;
let underWay = 0;
let timer;
// What waits until everything is kept: a button that leaves the page, or a link.
let next = null;

let announce = false;

// Two texts of this draft stand side by side: nothing goes on by itself until one was chosen.
const conflict = () => document.querySelector("#conflict [data-choose]");

function keep() {
  clearTimeout(timer);
  if (underWay) return;
  if (typed !== kept && !conflict()) htmx.trigger(form, "keep");
}

function changed() {
  typed += 1;
  clearTimeout(timer);
  timer = setTimeout(keep, 1000);
}

// What was typed while the page was still loading counts too.
function differs(field) {
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((each) => each.selected !== each.defaultSelected);
  return field.matches("input, textarea") && field.value !== field.defaultValue;
}
addEventListener("DOMContentLoaded", () => [...form.elements].some(differs) && changed());

form.addEventListener("input", changed);
form.addEventListener("change", () => typed !== kept && keep());

// Enter in a line keeps the draft and stays where one is.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  keep();
});

form.addEventListener("htmx:beforeRequest", () => (underWay += 1));
form.addEventListener("htmx:configRequest", (event) => {
  if (conflict()) {
    event.preventDefault();
    conflict().focus();
    return;
  }
  sent = typed;
});

form.addEventListener("htmx:afterRequest", ({ detail }) => {
  underWay -= 1;
  if (!detail.successful) {
    const said = document.querySelector("#kept-at");
    said.textContent = said.dataset.failed;
    document.querySelector("#to-conflict").hidden = !conflict();
    next = null;
    return;
  }
  kept = sent;
  document.querySelector("#problem").replaceChildren();
  if (announce) document.querySelector("#status").textContent = document.querySelector("#kept-at").textContent;
  announce = false;
  if (typed !== kept) changed();
  else next?.();
});

form.addEventListener("submit", (event) => {
  // “Send again” sends the form without a button.
  if (!event.submitter || event.submitter.matches("[data-keep]")) {
    event.preventDefault();
    announce = true;
    kept = -1;
    conflict()?.focus();
    keep();
    return;
  }
  const button = event.submitter;
  // A row's button that was pressed so soon that htmx does not know it yet.
  if (button.matches("[hx-post]")) {
    event.preventDefault();
    htmx.process(button);
    button.click();
    return;
  }
  if (underWay) {
    event.preventDefault();
    next = () => form.requestSubmit(button);
    return;
  }
  clearTimeout(timer);
  kept = typed;
});

// A link waits for what the same click began to keep.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  if (link.getAttribute("href").startsWith("#")) return;
  if (link.matches("[data-leave]")) kept = typed;
  if (typed === kept || conflict()) return;
  event.preventDefault();
  next = () => (location.href = link.href);
  keep();
});

addEventListener("beforeunload", (event) => {
  if (typed !== kept) event.preventDefault();
});

// Rows

form.addEventListener("htmx:afterSettle", () => {
  const goesOn = form.querySelector("[data-goes-on]");
  goesOn?.focus();
  goesOn?.removeAttribute("data-goes-on");
});

// A link to a field that is folded away, or behind the preview on a small screen.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!field || !form.contains(field)) return;
  event.preventDefault();
  document.querySelector("input[name=side][value=write]").checked = true;
  const fold = field.closest("details");
  if (fold) fold.open = true;
  field.focus();
  field.scrollIntoView({ block: "center" });
});

// Putting blocks and words for people into a sheet

const visited = new WeakSet();
document.addEventListener("focusin", ({ target }) => target.matches("textarea") && visited.add(target));

// Through the browser's own editing, so that Ctrl+Z takes it back.
function type(area, text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function insertBlock(area, block) {
  const text = area.value;
  let at = visited.has(area) ? area.selectionEnd : text.length;
  const end = text.indexOf("\n", at);
  // After the line in which one is.
  at = end < 0 ? text.length : end;
  const before = text.slice(0, at).replace(/\n+$/, "");
  const gap = before ? "\n\n" : "";
  const after = text.slice(at).replace(/^\n+/, "");
  area.setSelectionRange(before.length, text.length - after.length);
  area.focus();
  type(area, `${gap}${block}${after ? "\n\n" : ""}`);
  // The label is what one changes first.
  const start = before.length + gap.length;
  const label = /^\[\w+: ([^|\]]*?) ?[|\]]/.exec(block);
  if (label) area.setSelectionRange(start + block.indexOf(label[1]), start + block.indexOf(label[1]) + label[1].length);
  else area.setSelectionRange(start + block.length, start + block.length);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-into]");
  if (!button) return;
  const area = document.getElementById(button.dataset.into);
  if (button.dataset.insert) insertBlock(area, button.dataset.insert);
  else {
    if (!visited.has(area)) area.setSelectionRange(area.value.length, area.value.length);
    type(area, button.dataset.word);
  }
});

for (const button of document.querySelectorAll("[data-into]")) button.hidden = false;
