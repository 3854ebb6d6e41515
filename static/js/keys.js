// Single keys, for members who have them on. Here it is decided which press is meant as a command; a page's
// own script hears of it as “planner:key” and takes it by preventing the default. What is left works everywhere.

const addresses = document.querySelector("#keys-js").dataset;
// Where a key is typed, chooses something, or belongs to somebody else.
const TYPING =
  "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable], [role=listbox], [role=menu], iframe";
// How long after “g” its second letter is waited for, in milliseconds.
const PATIENCE = 1500;

let going = 0;

function isCommand({ target, ctrlKey, metaKey, altKey, isComposing, defaultPrevented }) {
  if (document.body.dataset.shortcuts !== "on" || document.querySelector("#run")) return false;
  return !(ctrlKey || metaKey || altKey || isComposing || defaultPrevented || target.closest?.(TYPING));
}

// As a link: a page that still saves something lets it wait.
function follow(address) {
  const link = Object.assign(document.createElement("a"), { href: address, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  return true;
}

function search() {
  const fields = document.querySelectorAll("main input[type=search], main [role=search] input");
  const field = [...fields].find((one) => one.getClientRects().length);
  field?.focus();
  field?.select();
  return Boolean(field);
}

const everywhere = {
  "?": () => follow(addresses.keys),
  "/": search,
  n: () => follow(addresses.new),
  g: () => {
    going = performance.now();
    return true;
  },
};

function goOn(key) {
  const address = { p: addresses.goP, l: addresses.goL, t: addresses.goT }[key];
  const inTime = performance.now() - going < PATIENCE;
  going = 0;
  return Boolean(inTime && address && follow(address));
}

document.addEventListener("keydown", (event) => {
  if (["Shift", "CapsLock"].includes(event.key) || !isCommand(event)) return;
  const key = event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key;
  const { shiftKey: shift, repeat } = event;
  if (going && goOn(key)) return event.preventDefault();
  const command = new CustomEvent("planner:key", { detail: { key, shift, repeat }, cancelable: true });
  const taken = !document.dispatchEvent(command);
  if (taken || (!repeat && everywhere[key]?.())) event.preventDefault();
});
