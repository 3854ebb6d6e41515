// What every page needs from a script: focus on what needs attention, failures that lose nothing, and buttons
// that act once.

const problem = document.querySelector("#problem");
let failed = null;

function focusMarked(root) {
  root.querySelector("[data-focus]")?.focus();
}

function unreachable() {
  problem.replaceChildren(document.querySelector("#unreachable").content.cloneNode(true));
}

// After signing in again in another tab, the page needs the new session's token before it may send.
async function freshToken() {
  const answer = await fetch("/token", { headers: { Accept: "text/plain" } });
  if (answer.ok) {
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    headers["X-CSRFToken"] = await answer.text();
    document.body.setAttribute("hx-headers", JSON.stringify(headers));
    for (const input of document.querySelectorAll("input[name=csrf_token]")) {
      input.value = headers["X-CSRFToken"];
    }
  }
  return answer.ok;
}

async function sendAgain() {
  const request = failed;
  if (!request) return;
  try {
    if (!(await freshToken())) return;
  } catch {
    return;
  }
  problem.replaceChildren();
  failed = null;
  if (request.elt.isConnected) {
    const event = request.event?.type === "submit" || request.elt.matches("form") ? "submit" : "click";
    if (event === "submit") request.elt.requestSubmit(request.submitter ?? undefined);
    else request.elt.click();
  }
}

function remember(event) {
  const { elt, requestConfig } = event.detail;
  failed = { elt, event: requestConfig?.triggeringEvent, submitter: requestConfig?.triggeringEvent?.submitter };
}

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    remember(event);
    unreachable();
  });
}
document.addEventListener("htmx:responseError", remember);
// What was swapped as a whole is no longer on the page: the event comes from what stands in its place.
document.addEventListener("htmx:afterSwap", ({ target, detail }) => focusMarked(detail.target.isConnected ? detail.target : target));
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-send-again]")) sendAgain();
  if (event.target.closest("[data-close-problem]")) problem.replaceChildren();
});

// A double click where twice would be wrong, such as adding or removing.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("[data-once]");
    if (button && (event.detail > 1 || button.form?.classList.contains("htmx-request"))) event.preventDefault();
  },
  true,
);

focusMarked(document);
