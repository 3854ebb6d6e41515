// The picker of colours beside the field, and a logo that was chosen and not saved yet in the preview.

const written = document.querySelector("#accent");
const picker = document.querySelector("#accent-picker");
const frame = document.querySelector("iframe[name=preview]");

if (written && picker) {
  const match = () => {
    if (/^#[0-9a-f]{6}$/i.test(written.value.trim())) picker.value = written.value.trim();
  };
  match();
  picker.hidden = false;
  picker.addEventListener("input", () => (written.value = picker.value));
  written.addEventListener("input", match);
}

// Pages may show pictures from our own addresses only, and this one has none yet. The server has checked it
// and written it anew: pixels are painted, and the shapes of a drawing become part of the page.
async function draw(canvas) {
  const [kind, data] = canvas.dataset.picture.split(";base64,");
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  if (kind === "data:image/svg+xml") {
    const text = new TextDecoder().decode(bytes);
    const drawing = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    drawing.setAttribute("class", "logo");
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", canvas.getAttribute("aria-label"));
    canvas.replaceWith(canvas.ownerDocument.importNode(drawing, true));
    return;
  }
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d").drawImage(picture, 0, 0);
}

function drawAll() {
  frame.contentDocument?.querySelectorAll("canvas[data-picture]").forEach((canvas) => draw(canvas));
}

// js/handouts.js puts the pages in once more when it is known where they end.
function follow() {
  // A page that has only begun to arrive has nothing in it yet: it is followed once it is there.
  const root = frame.contentDocument?.documentElement;
  if (root) new MutationObserver(drawAll).observe(root, { childList: true });
  drawAll();
}

if (frame) {
  frame.addEventListener("load", follow);
  follow();
}
