// What was done in a session and has not reached the planner yet. It waits in memory and, so that a reload
// loses nothing, in this tab's sessionStorage; each event leaves both as soon as the planner has it.

const PREFIX = "reconnect-run:";
const AT_ONCE = 50;
const SHORTEST = 1000;
const LONGEST = 30000;

// Everything that waits in this tab: { key, member, address, run, events }.
export function waiting() {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ key, ...read(key) }));
}

function read(key) {
  try {
    const { member, address, run, events } = JSON.parse(sessionStorage.getItem(key));
    return { member, address, run, events: Array.isArray(events) ? events : [] };
  } catch {
    return { member: "", address: "", run: "", events: [] };
  }
}

export function forget(keep = () => false) {
  for (const each of waiting()) if (!keep(each)) sessionStorage.removeItem(each.key);
}

async function freshToken() {
  const answer = await fetch("/token", { headers: { Accept: "text/plain" } });
  return answer.ok ? answer.text() : "";
}

// `told(state, count)` hears of every change: "sent", "waiting", "signed-out", "other" or "gone".
// `answered(answer)` gets what the planner answers to what was sent.
export class Queue {
  constructor({ address, run, member, token, told = () => {}, answered = () => {} }) {
    Object.assign(this, { address, run, member, token, told, answered });
    this.key = PREFIX + run;
    this.number = 0;
    this.state = "sent";
    this.wait = SHORTEST;
    const left = read(this.key);
    this.events = left.member === member ? left.events : [];
    this.#keep();
    addEventListener("online", () => this.hurry());
  }

  add(event) {
    this.events.push(event);
    this.#keep();
    this.flush();
  }

  // Try again now, because something may be different: a connection, another sign-in.
  hurry() {
    this.wait = SHORTEST;
    this.flush(true);
  }

  async flush(even = false) {
    if (this.busy || (!this.events.length && !even)) return;
    this.busy = true;
    clearTimeout(this.timer);
    const sending = this.events.slice(0, AT_ONCE);
    const state = await this.#send(sending);
    this.busy = false;
    if (state === "sent") {
      const sent = new Set(sending.map((each) => each.id));
      this.events = this.events.filter((each) => !sent.has(each.id));
      this.wait = SHORTEST;
    }
    this.#keep(state);
    this.#tell(state);
    if (state === "sent") this.flush();
    else if (state !== "gone") this.#later();
  }

  async #send(sending, again = true) {
    const { run, member, number } = this;
    const body = new URLSearchParams({ run, member, number, events: JSON.stringify(sending) });
    const headers = { "X-CSRFToken": this.token, Accept: "application/json" };
    let answer;
    try {
      answer = await fetch(this.address, { method: "POST", body, headers, signal: AbortSignal.timeout(15000) });
      // Signed in again meanwhile: the page's token is the old session's.
      if (answer.status === 400 && again) {
        this.token = (await freshToken()) || this.token;
        return this.#send(sending, false);
      }
      if (answer.ok) {
        const said = await answer.json();
        this.number = said.number;
        this.answered(said);
      }
    } catch {
      return "waiting";
    }
    if (answer.ok) return "sent";
    return { 401: "signed-out", 404: "gone", 409: "other" }[answer.status] ?? "waiting";
  }

  #later() {
    this.timer = setTimeout(() => this.flush(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST);
  }

  #tell(state) {
    this.state = state;
    this.told(state, this.events.length);
  }

  // Nothing of one member's stays in the storage once another has signed in here.
  #keep(state = this.state) {
    const { member, address, run, events } = this;
    if (events.length && state !== "other") {
      sessionStorage.setItem(this.key, JSON.stringify({ member, address, run, events }));
    } else {
      sessionStorage.removeItem(this.key);
    }
  }
}
