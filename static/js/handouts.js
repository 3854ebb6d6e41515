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
