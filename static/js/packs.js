// Counts the ticked sheets while they are ticked. The server counts them again.

const form = document.querySelector("#pack-form");
const said = document.querySelector("#count");
const words = said?.textContent;

function count() {
  const copies = form.elements.form.value === "pdf" ? Number(form.elements.copies.value) || 1 : 1;
  const ticked = [...form.querySelectorAll("[name=sheets]:checked")];
  const sheets = copies * ticked.reduce((sum, box) => sum + Number(box.dataset.sheets), 0);
  // The first number of the sentence is how many are chosen, in any language.
  const now = words.replace(/\d+/, sheets);
  if (said.textContent !== now) said.textContent = now;
  said.toggleAttribute("data-over", sheets > Number(form.dataset.most));
}

if (form && said) {
  form.addEventListener("change", count);
  form.addEventListener("input", count);
  document.addEventListener("htmx:afterSwap", count);
  count();
}
