// On every page: what a session noted without a connection, and has not sent yet because its tab was sent
// elsewhere first (to sign in, say), is sent from here. Nothing of it is left for another member.

const own = document.querySelector("script[data-queue]");
const member = document.body.dataset.member ?? "";
const any = () => Object.keys(sessionStorage).some((key) => key.startsWith("reconnect-run:"));

document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action") !== own.dataset.signOut) return;
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("reconnect-run:")) sessionStorage.removeItem(key);
});

// While nobody is signed in it waits: whose it is will be seen.
if (member && any()) {
  const { Queue, waiting, forget } = await import(own.dataset.queue);
  forget((each) => each.member === member);
  const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
  const here = document.querySelector("#run")?.dataset.run;
  for (const { address, run } of waiting().filter((each) => each.run !== here)) {
    const queue = new Queue({ address, run, member, token, told: (state) => state === "gone" && forget((each) => each.run !== run) });
    queue.flush();
  }
}
