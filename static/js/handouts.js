// The preview follows the choices. Without this the button beside "Make the PDF" does the same.

const form = document.querySelector("#choices");
const show = document.querySelector("#show-preview");
const frame = document.querySelector("iframe[name=preview]");
let timer;

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
