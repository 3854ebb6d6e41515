// The builder: the right revision with every change, drag and drop, and undo by keyboard.
// Everything here has a form or a button that does the same without a script.

const builder = document.querySelector("#builder");
const workspace = () => document.querySelector("#workspace");

// A form that is open for typing stays as it is while the plan around it is redrawn.
Idiomorph.defaults.ignoreActiveValue = true;
Idiomorph.defaults.callbacks = {
  ...Idiomorph.defaults.callbacks,
  beforeNodeMorphed: (now, next) => {
    if (now.nodeType !== Node.ELEMENT_NODE) return true;
    if (now.tagName === "DETAILS" && now.open) next.setAttribute("open", "");
    return !(now.hasAttribute("data-keep") && next.hasAttribute?.("data-keep"));
  },
};

// Requests wait in a queue, so the revision is read when one is sent and not when it was clicked.
// After a refusal (409) those that were clicked before it are dropped: nobody has seen yet what stands now.
let refusedAt = 0;
builder.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "post") return;
  const { parameters, triggeringEvent } = event.detail;
  if (triggeringEvent?.timeStamp < refusedAt) {
    event.preventDefault();
    return;
  }
  parameters.revision = workspace().dataset.revision;
  // The button that was pressed would be forgotten while its request waited.
  const button = triggeringEvent?.submitter;
  if (button?.name) parameters[button.name] = button.value;
});
builder.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 409) refusedAt = performance.now();
});

function place(item) {
  const form = document.createElement("form");
  const list = item.closest("ol[data-part]");
  const address = location.pathname.replace(/\/$/, "") + `/segments/${item.dataset.id}/move`;
  builder.append(form);
  htmx
    .ajax("POST", address, {
      source: form,
      target: "#workspace",
      swap: "morph:outerHTML",
      values: { part: list.dataset.part, position: [...list.children].indexOf(item) },
    })
    .finally(() => form.remove());
}

function makeSortable() {
  for (const list of document.querySelectorAll("#timeline ol[data-part]")) {
    if (Sortable.get(list)) continue;
    new Sortable(list, {
      group: "steps",
      handle: ".grip",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      onEnd: (event) => {
        if (event.from !== event.to || event.oldIndex !== event.newIndex) place(event.item);
      },
    });
  }
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  event.preventDefault();
  document.querySelector(event.shiftKey ? "#redo" : "#undo")?.click();
});

// After “Edit”, the first field is where one goes on; after adding, the new step is in view.
document.addEventListener("htmx:afterSettle", (event) => {
  makeSortable();
  const asked = event.detail.requestConfig?.path ?? "";
  if (asked.includes("/workspace?edit=")) {
    document.querySelector("#head-form input:not([type=hidden]), .edit-step input:not([type=hidden])")?.focus();
  }
  document.querySelector(".step.added")?.scrollIntoView({ block: "nearest" });
});

makeSortable();
