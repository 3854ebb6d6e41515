// Where a session stands, played through from its beginning. The same rules as planner/running/replay.py,
// because the screen goes on without a connection; a test plays both. Nothing here touches the page.

const MINUTE = 60000;
const SOON = 2 * MINUTE;
const SOON_IN_SHORT = MINUTE;
const SHORT = 6 * MINUTE;
const SETTLE = 10 * MINUTE;
const MOVES = ["next", "skip", "more", "flooded", "back", "refit", "end"];

// Each identity once, without what was taken back, by their own time.
export function inOrder(events) {
  const once = new Map();
  for (const event of events) if (!once.has(event.id)) once.set(event.id, event);
  const all = [...once.values()];
  const undone = new Set(all.filter((each) => each.kind === "undo").map((each) => each.to));
  return all
    .filter((each) => each.kind !== "undo" && !(MOVES.includes(each.kind) && undone.has(each.id)))
    .sort((a, b) => a.at - b.at || (a.n ?? 0) - (b.n ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

export function replay(course, events) {
  const { began, length, steps } = course;
  const nothing = { visits: [], dropped: [], notes: [], aside: "", rest: 0, ended: 0, last: "" };
  let stand = { step: "", since: began, until: began, ends: began + length * MINUTE, coming: steps, ...nothing };
  stand = advanced(stand, began);
  for (const event of inOrder(events)) {
    if (event.kind === "note") {
      const note = { id: event.id, at: event.at, step: event.step ?? "", text: event.text };
      stand = { ...stand, notes: [...stand.notes, note] };
    } else if (!stand.ended) {
      const after = rules[event.kind](stand, event, course);
      if (after !== stand) stand = { ...after, last: event.id };
    }
  }
  return stand;
}

// What is left at a moment, in milliseconds, and whether time runs low.
export function seen(stand, now) {
  const at = stand.ended || now;
  const left = stand.until - at;
  const whole = stand.ends - at;
  const soon = stand.until - stand.since < SHORT ? SOON_IN_SHORT : SOON;
  const low = !stand.step || left > soon ? "" : left > 0 ? "soon" : "over";
  const close = whole > SETTLE ? "" : whole > SOON ? "settle" : whole > 0 ? "soon" : "over";
  const after = stand.step ? Math.max(at, stand.until) : at;
  const needed = after + minutesOf(stand.coming) * MINUTE - stand.ends;
  const over = needed > 0 && stand.coming.length ? Math.ceil(needed / MINUTE) : 0;
  return { left, whole, low, close, over };
}

function minutesOf(steps) {
  return steps.reduce((sum, [, minutes]) => sum + minutes, 0);
}

function advanced(stand, at) {
  if (!stand.coming.length) return { ...stand, step: "", since: at, until: at };
  const [[step, minutes], ...coming] = stand.coming;
  return { ...stand, step, since: at, until: at + minutes * MINUTE, coming };
}

function left(stand, at, outcome) {
  const visit = { step: stand.step, outcome, began: stand.since, ended: at };
  return { ...stand, visits: [...stand.visits, visit], aside: "", rest: 0 };
}

// One that does not fit any more changes nothing.
const fits = (stand, event) => stand.step && event.step === stand.step;

function next(stand, event) {
  if (!fits(stand, event)) return stand;
  return advanced(left(stand, event.at, event.kind === "next" ? "done" : "skipped"), event.at);
}

function more(stand, event) {
  if (!fits(stand, event) || !event.minutes) return stand;
  return { ...stand, until: Math.max(stand.until, event.at) + event.minutes * MINUTE };
}

function flooded(stand, event, course) {
  const minutes = new Map([...course.spare, ...stand.coming]);
  if (!fits(stand, event) || !minutes.has(event.to) || event.to === stand.step) return stand;
  // Flooded again while settling: what was stopped first stays what one can go back to.
  const aside = stand.aside || stand.step;
  const rest = stand.aside ? stand.rest : Math.max(0, stand.until - event.at);
  return {
    ...left(stand, event.at, "stopped"),
    step: event.to,
    since: event.at,
    until: event.at + minutes.get(event.to) * MINUTE,
    coming: stand.coming.filter(([step]) => step !== event.to),
    aside,
    rest,
  };
}

function back(stand, event) {
  if (!stand.aside || event.step !== stand.step) return stand;
  const until = event.at + Math.max(stand.rest, MINUTE);
  return { ...left(stand, event.at, "done"), step: stand.aside, since: event.at, until };
}

function refit(stand, event, course) {
  if (!fits(stand, event) || !event.minutes) return stand;
  const known = new Set([...course.spare, ...stand.coming].map(([step]) => step));
  const fitting = (event.coming ?? []).filter(([step]) => known.has(step) && step !== stand.step);
  const coming = new Map(fitting);
  const dropped = stand.coming.map(([step]) => step).filter((step) => !coming.has(step));
  const fitted = {
    ...stand,
    coming: [...coming],
    dropped: [...stand.dropped.filter((step) => !coming.has(step)), ...dropped],
    ends: event.at + event.minutes * MINUTE,
  };
  if (!event.now) return advanced(left(fitted, event.at, "done"), event.at);
  return { ...fitted, until: event.at + event.now * MINUTE };
}

function end(stand, event) {
  const closed = stand.step ? left(stand, event.at, "done") : stand;
  return { ...closed, step: "", since: event.at, until: event.at, ended: event.at };
}

const rules = { next, skip: next, more, flooded, back, refit, end };

// The settling steps that stand nearest: the first of the plan's own still to come, then the library's.
export function settling(stand, settles, calm) {
  const own = stand.coming.map(([step]) => step).find((step) => settles.includes(step));
  const found = [own, calm[stand.aside || stand.step]];
  return [...new Set(found)].filter((step) => step && step !== stand.step);
}

// The fit that the screen makes by itself when nobody can be asked. What settles and closes stays; what runs
// is finished if that leaves time; other steps come in their order, in their short form where they must, and
// those that do not fit are left out. Returns null when there is not even time to settle.
export function plainFit(stand, at, minutes, steps) {
  const running = Math.max(0, Math.ceil((stand.until - at) / MINUTE));
  const kept = new Set(["settle", "close"].map((part) => lastOf(stand.coming, steps, part)).filter(Boolean));
  const least = ([step, length]) => Math.min(length, steps[step].least);
  const needed = stand.coming.filter(([step]) => kept.has(step)).reduce((sum, each) => sum + least(each), 0);
  if (needed > minutes) return null;
  const longest = Math.min(running, minutes - needed);
  const now = longest === running || longest >= 2 ? longest : 0;
  let room = minutes - needed - now;
  const taken = stand.coming.filter((each) => {
    if (kept.has(each[0])) return true;
    if (least(each) > room) return false;
    room -= least(each);
    return true;
  });
  // What is left over goes to those that stand first in need: in their order, up to their full length.
  const coming = taken.map((each) => {
    const more = Math.min(room, each[1] - least(each));
    room -= more;
    return [each[0], least(each) + more];
  });
  return { now, coming };
}

function lastOf(coming, steps, part) {
  return coming.findLast(([step]) => steps[step].part === part)?.[0];
}
