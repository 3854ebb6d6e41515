// Passwords that can be looked at while typing, and links that can be copied with one press.

for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  const show = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.textContent = hidden ? button.dataset.hide : show;
  });
  // Browsers offer to keep a password only from a field that hides it.
  input.form.addEventListener("submit", () => {
    input.type = "password";
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const input = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      return; // It is selected now, so that it can be copied by hand.
    }
    button.querySelector("span").textContent = button.dataset.done;
    document.querySelector("#status").textContent = button.dataset.done;
  });
}
