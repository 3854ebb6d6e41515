// The preview follows the choices. Without this the button beside "Make the PDF" does the same.

const form = document.querySelector("#choices");
const show = document.querySelector("#show-preview");
const frame = document.querySelector("iframe[name=preview]");
let timer, waiting;

function refresh() {
  frame.dataset.waiting = "";
  form.requestSubmit(show);
}

if (form && show && frame) {
  form.addEventListener("change", refresh);
  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea, input[type=text]")) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, 900);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  frame.addEventListener("load", () => delete frame.dataset.waiting);
  // On a narrow screen the pages stand below the choices: who asks for them is taken there.
  show.addEventListener("click", () => frame.closest("section").scrollIntoView({ block: "nearest" }));
  // Pages are shown at once, and where they end is worked out behind them.
  const address = new URL(show.formAction);
  address.searchParams.delete("laid");
  show.formAction = address;
  address.searchParams.set("laid", "1");
  form.addEventListener("submit", () => waiting?.abort());
  frame.addEventListener("load", () => {
    waiting?.abort();
    if (!frame.contentDocument?.querySelector("meta[name=pages]")) return;
    waiting = new AbortController();
    measure(address, waiting.signal);
  });
  // The first preview may have come before this file did, and a choice too: made by hand, or put back by the browser.
  if (frame.contentDocument?.readyState === "complete") frame.dispatchEvent(new Event("load"));
  if ([...form.elements].some((field) => field.name && isChanged(field))) refresh();
}

function isChanged(field) {
  if (field.options) return [...field.options].some((each) => each.selected !== each.defaultSelected);
  if (/checkbox|radio/.test(field.type)) return field.checked !== field.defaultChecked;
  return field.value !== (field.defaultValue ?? field.value);
}

const landmarks = (body) => [...body.querySelectorAll(".page, .handout > *")];
const top = (each) => each.getBoundingClientRect().top;

async function measure(address, signal) {
  try {
    // Whoever goes on choosing has no use for it yet.
    await new Promise((done) => setTimeout(done, 400));
    if (signal.aborted) return;
    const answer = await fetch(address, { method: "POST", body: new FormData(form), signal });
    if (!answer.ok) return;
    const pages = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    if (signal.aborted) return;
    const { body } = frame.contentDocument;
    const { scrollX, scrollY, innerHeight } = frame.contentWindow;
    const before = landmarks(body);
    const read = scrollY ? before.findLastIndex((each) => top(each) <= innerHeight / 3) : -1;
    const place = read < 0 ? 0 : top(before[read]);
    pages.classList.toggle("grey", body.classList.contains("grey"));
    body.replaceWith(frame.contentDocument.adoptNode(pages));
    frame.contentWindow.scrollTo(scrollX, scrollY);
    // Sheets before it may be set closer now: what is being read stays where it was.
    const same = landmarks(pages)[read];
    if (same) frame.contentWindow.scrollBy(0, top(same) - place);
  } catch {
    // Aborted, or no answer: the pages stay as they are.
  }
}

// How a black-and-white printer would show the pages: for the eye only, so it is no part of the form.
const grey = document.querySelector("#show-grey");
if (grey && frame) {
  grey.closest("[hidden]").hidden = false;
  const apply = () => frame.contentDocument?.body?.classList.toggle("grey", grey.checked);
  grey.addEventListener("change", (event) => {
    event.stopPropagation();
    apply();
  });
  frame.addEventListener("load", apply);
}
