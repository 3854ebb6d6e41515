// After a session: what was chosen or typed is kept before one leaves the page.
// Without a script “Save” does the same.

const form = document.querySelector("#landing-form");

// Counts say what is newer: `typed` goes up with every change, `kept` is what the server has.
let typed = 0;
let sent = 0;
let kept = 0;
// What waits until everything is kept: a link, or a button that leaves the page.
let next = null;

// Two versions stand side by side: nothing goes on by itself until one was chosen.
const inConflict = () => document.querySelector("[data-stale]");

const keep = () => typed !== kept && !inConflict() && htmx.trigger(form, "keep");

form.addEventListener("input", () => (typed += 1));
form.addEventListener("htmx:configRequest", () => (sent = typed));
form.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful) {
    next = null;
    return;
  }
  kept = sent;
  if (typed === kept) next?.();
  else if (next) keep();
});

// A tablet that is laid aside may never come back to this page.
document.addEventListener("visibilitychange", () => document.hidden && keep());

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  if (link.getAttribute("href").startsWith("#")) return;
  if (link.matches("[data-leave]")) kept = typed;
  if (typed === kept || inConflict()) return;
  event.preventDefault();
  next = () => (location.href = link.href);
  keep();
});

document.addEventListener("submit", (event) => {
  if (event.target === form || typed === kept || inConflict()) return;
  event.preventDefault();
  const { target, submitter } = event;
  next = () => target.requestSubmit(submitter);
  keep();
});

addEventListener("beforeunload", (event) => {
  if (typed !== kept) event.preventDefault();
});

// A link to practice at home opens it.
const aimed = location.hash && document.querySelector(`details${location.hash}`);
if (aimed) aimed.open = true;
