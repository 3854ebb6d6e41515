// The builder: the right revision with every change, typing that is never overwritten, drag and drop,
// and undo by keyboard. Everything here has a form or a button that does the same without a script.

const builder = document.querySelector("#builder");
const workspace = () => document.querySelector("#workspace");

// Typing

// What each field of a form held when the form was sent, until its answer has been shown.
let sent = new Map();
// Forms with typing that has not been saved, and how often each was typed into.
const unsaved = new Map();

const typedIn = (field) => (field.type === "checkbox" ? field.checked : field.value);

function isChanged(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return ![...field.options].some((one) => one.selected && one.defaultSelected);
  return field.value !== field.defaultValue;
}

// True for a field whose content is newer than what the server sends back.
function keeps(field, next) {
  if (field.type === "search") return field === document.activeElement;
  if (typedIn(field) === typedIn(next)) return false;
  if (!workspace().contains(field)) return false;
  if (field === document.activeElement && field.closest("#head-form, .edit-step")) return true;
  return isChanged(field) && sent.get(field) !== typedIn(field);
}

Idiomorph.defaults.ignoreActiveValue = false;
Idiomorph.defaults.callbacks = {
  ...Idiomorph.defaults.callbacks,
  beforeNodeMorphed: (now, next) => {
    if (now.nodeType !== Node.ELEMENT_NODE || now.tagName !== next.tagName) return true;
    // What was folded or unfolded stays so.
    if (now.tagName === "DETAILS") next.toggleAttribute("open", now.open);
    // A refused form shows what is wrong or both versions: it stays until it is sent again or given up.
    if (now.matches("form[data-refused]") && !now.hasAttribute("data-sent")) return false;
    return !(now.matches("input:not([type=hidden]), textarea, select") && keeps(now, next));
  },
};

builder.addEventListener("input", ({ target }) => {
  const form = target.closest("#workspace form[method=post]");
  if (form && target.tagName !== "SELECT") unsaved.set(form, (unsaved.get(form) ?? 0) + 1);
});

// Requests

// They wait in a queue, so the revision is read when one is sent and not when it was clicked.
// After a refusal those that were clicked before it are dropped: nobody has seen yet what stands now,
// and one of them might close the form that holds what was typed.
let refusedAt = 0;
let leaving = "";
// When what the library shows was last asked for: an answer to something earlier may come later, and is not shown.
let lookedAt = 0;

builder.addEventListener("htmx:configRequest", (event) => {
  const { elt, verb, parameters, target, triggeringEvent } = event.detail;
  if (verb === "get" && target.id === "shelf" && triggeringEvent) {
    if (triggeringEvent.timeStamp < lookedAt) event.preventDefault();
    else lookedAt = triggeringEvent.timeStamp;
  }
  if (elt.closest("#shelf, #adding") && verb === "get") return;
  if (triggeringEvent?.timeStamp < refusedAt) {
    event.preventDefault();
    return;
  }
  if (verb === "get") {
    const refused = elt.matches("[data-leave]") ? null : document.querySelector("form[data-refused]");
    if (refused && workspace().contains(elt) && elt.getAttribute("hx-target") !== "#shelf") {
      event.preventDefault();
      refused.querySelector("[data-focus]")?.focus();
    }
    return;
  }
  parameters.revision = workspace().dataset.revision;
  parameters.editing = workspace().dataset.editing;
  // The button that was pressed would be forgotten while its request waited.
  const button = triggeringEvent?.submitter;
  if (button?.name) parameters[button.name] = button.value;
  sent = new Map(elt.matches("form") ? [...elt.elements].map((field) => [field, typedIn(field)]) : []);
  if (elt.matches("form")) elt.toggleAttribute("data-sent", true);
  elt.sentAt = unsaved.get(elt);
});

builder.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "shelf" && detail.requestConfig.triggeringEvent?.timeStamp < lookedAt) detail.shouldSwap = false;
  if (detail.xhr.status < 400) return;
  // A form that is refused once more shows what it showed before: nothing that was clicked meanwhile is dropped.
  if (detail.xhr.status !== 422 || !detail.requestConfig.elt.matches("form[data-refused]")) refusedAt = performance.now();
  sent.clear();
  leaving = "";
});

builder.addEventListener("htmx:sendError", () => {
  sent.clear();
  leaving = "";
});

builder.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.elt.removeAttribute("data-sent");
  sent.clear();
  if (detail.successful && unsaved.get(detail.elt) === detail.elt.sentAt) unsaved.delete(detail.elt);
  for (const form of unsaved.keys()) if (!form.isConnected) unsaved.delete(form);
  if (leaving && ![...unsaved.keys()].some((form) => form.matches("#head-form, .edit-step"))) {
    const address = leaving;
    leaving = "";
    location.href = address;
  }
});

// A link that leaves the page waits for the save that the same click began.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.target || link.matches("[hx-get]") || link.getAttribute("href").startsWith("#")) return;
  if (!unsaved.size || !document.querySelector("#workspace form[data-sent]")) return;
  event.preventDefault();
  leaving = link.href;
});

addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

// Drag and drop

// The form stays until the answer is there: while a save is on its way the request waits, and htmx sends nothing
// for what is gone by then.
function send(address, values, after = () => {}) {
  const form = document.createElement("form");
  builder.append(form);
  form.addEventListener("htmx:afterRequest", () => {
    form.remove();
    after();
  });
  htmx.ajax("POST", address, { source: form, target: "#workspace", swap: "morph:outerHTML", values }).catch(() => {});
}

const plan = () => location.pathname.replace(/\/$/, "");

function where(item) {
  const list = item.closest("ol[data-part]");
  return { part: list.dataset.part, position: [...list.children].indexOf(item) };
}

function place(item, home) {
  const before = workspace().dataset.revision;
  send(`${plan()}/segments/${item.dataset.id}/move`, where(item), () => {
    // Nothing came back, so the step is still where it was.
    if (workspace().dataset.revision === before) home.list.insertBefore(item, home.next);
  });
}

function addFromShelf(item, clone) {
  const values = where(item);
  clone.replaceWith(item);
  send(`${plan()}/exercises/${item.dataset.slug}`, values);
}

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

let home;

function makeSortable() {
  for (const list of document.querySelectorAll("#timeline ol[data-part]")) {
    if (Sortable.get(list)) continue;
    new Sortable(list, {
      group: "steps",
      handle: ".grip",
      animation: still ? 0 : 120,
      onStart: ({ item }) => (home = { list: item.parentElement, next: item.nextElementSibling }),
      onEnd: (event) => {
        if (event.from !== event.to || event.oldIndex !== event.newIndex) place(event.item, home);
      },
    });
  }
  const shelf = document.querySelector(".shelf-rows");
  if (shelf && !Sortable.get(shelf)) {
    new Sortable(shelf, {
      group: { name: "steps", pull: "clone", put: false },
      handle: ".grip",
      sort: false,
      animation: still ? 0 : 120,
      onEnd: (event) => {
        if (event.from !== event.to) addFromShelf(event.item, event.clone);
      },
    });
  }
}

// Focus and view

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  event.preventDefault();
  document.querySelector(event.shiftKey ? "#redo" : "#undo")?.click();
});

let had = null;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const at = document.activeElement;
  const all = [...document.querySelectorAll("#timeline .step")];
  const reading = document.querySelector("#shelf").dataset.reading;
  had = builder.contains(at) && { id: at.id, step: at.closest(".step")?.id, place: all.indexOf(at.closest(".step")), head: at.closest("#plan-head"), shape: at.closest("#shape"), reading };
  // On a phone the library is a drawer, which has to open for what was asked to be read.
  const drawer = document.querySelector("#library");
  if (detail.target.id === "shelf" && !drawer.getClientRects().length) location.hash = "library";
});

// A control that is gone hands its focus to the nearest one that goes on.
function restoreFocus() {
  const at = document.activeElement;
  if (!had || (at && at !== document.body)) return;
  const steps = document.querySelectorAll("#timeline .step");
  const neighbour = had.place < 0 ? null : (steps[had.place] ?? steps[steps.length - 1]);
  const wanted = [
    had.id && `#${had.id}`,
    had.step && `#${had.step} [id^=edit-step]`,
    neighbour && (had.id === had.step ? `#${neighbour.id}` : `#${neighbour.id} [id^=edit-step]`),
    had.head && "#edit-head",
    had.shape && "#shape > summary",
    had.reading && `#read-${had.reading}`,
    had.step && "#add-free input[name=title]",
  ];
  for (const selector of wanted.filter(Boolean)) {
    const found = document.querySelector(selector);
    if (found) return found.focus();
  }
}

// After “Edit”, the first field is where one goes on; after adding, the new step is in view.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  makeSortable();
  const asked = detail.requestConfig?.path ?? "";
  if (asked.includes("/workspace?edit=")) {
    const form = document.querySelector("#head-form, .edit-step");
    form?.querySelector("input:not([type=hidden])").focus({ preventScroll: true });
    form?.closest(".step, #plan-head").scrollIntoView({ block: "start" });
  } else if (detail.requestConfig?.triggeringEvent?.target.matches?.("#shelf-prev, #shelf-next")) {
    // Another page of the library begins at its top, for the keyboard too.
    document.querySelector("#shelf-count").focus();
  } else {
    restoreFocus();
  }
  if (detail.target?.id === "workspace") document.querySelector(".step.added")?.scrollIntoView({ block: "nearest" });
});

makeSortable();
