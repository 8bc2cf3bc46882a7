// What a client may do with a session ahead: begin it, leave it out, move it, swap what the coach listed.
import * as outbox from "./outbox.js";
import { button, h, say } from "./page.js";
import { call, refresh, sentence } from "./server.js";
import { moment } from "./store.js";

const REASONS = [
  ["injury", "Injury"],
  ["illness", "Illness"],
  ["holiday", "Holiday"],
  ["no_time", "No time"],
  ["other", "Something else"],
];
let open = ""; // the panel that is open: what it is for, and of which session or place
let redraw = () => {};

export const onChange = (draw) => (redraw = draw);

function toggle(key) {
  open = open === key ? "" : key;
  redraw();
}

function put(session, body) {
  outbox.put("session", `/v1/sessions/${session.id}`, { ...body, at: moment().performed_at });
  open = "";
  redraw();
}

// The answer to a wish depends on the coach's policy, so it is asked with signal, not kept for later.
async function ask(path, body, done) {
  try {
    const answer = await call("PUT", path, body);
    if (answer.ok) await refresh("today", "/v1/today");
    say(answer.ok ? done : sentence(answer));
    if (answer.ok) open = "";
  } catch {
    say("This needs signal. Nothing was changed.");
  }
  redraw();
}

// A session as this phone knows it: what still waits here counts already.
export function asItIs(session) {
  const said = outbox.waiting("session").filter((each) => each.path.endsWith(session.id) && !each.refused);
  return said.length ? { ...session, state: said[said.length - 1].body.state } : session;
}

export function acts(session, doc) {
  if (!["planned", "skipped"].includes(session.state)) return null;
  const key = (what) => `${what}/${session.id}`;
  const mayMove = doc.moves !== "strict";
  return h(
    "div",
    { class: "acts" },
    h(
      "div",
      { class: "chips" },
      button("Start", () => put(session, { state: "started" }), "chip", { id: `start-${session.id}` }),
      session.state === "planned" && button("Leave it out", () => toggle(key("skip")), "chip", { id: `skip-${session.id}`, "aria-expanded": String(open === key("skip")) }),
      mayMove && button("Another day", () => toggle(key("move")), "chip", { id: `move-${session.id}`, "aria-expanded": String(open === key("move")) }),
    ),
    open === key("skip") && skipping(session),
    open === key("move") && moving(session),
  );
}

function skipping(session) {
  const chips = REASONS.map(([reason, words]) =>
    button(words, () => put(session, { state: "skipped", reason }), "chip", { id: `because-${reason}-${session.id}` }),
  );
  return h("div", { class: "editor", role: "group", "aria-label": "Why" }, h("p", { class: "small quiet" }, "Why? Injury and illness do not count against you."), h("div", { class: "chips" }, chips));
}

function moving(session) {
  const input = h("input", { type: "date", id: `day-${session.id}`, value: session.date });
  const move = () => input.value && ask(`/v1/sessions/${session.id}/date`, { date: input.value }, "Moved.");
  return h("div", { class: "editor" }, h("label", { for: input.id, class: "small quiet" }, "To which day"), input, button("Move", move, "main", { id: `to-day-${session.id}` }));
}

// The exercises the coach listed for a place, and the way back; nothing where a change for a pain runs.
export function swapper(session, item, doc) {
  const listed = item.alternates || [];
  if (!["planned", "skipped"].includes(session.state) || doc.moves === "strict" || item.change || !(listed.length || item.swapped)) return null;
  const key = `swap/${session.id}/${item.slot}`;
  const path = `/v1/sessions/${session.id}/swaps/${encodeURIComponent(item.slot)}`;
  const to = (id, words) => button(words, () => ask(path, { exercise_id: id }, "Swapped."), "chip", { id: `swap-${item.slot}-${id || "back"}`.replace(/\W/g, "-") });
  const others = listed.filter((one) => one.exercise_id !== item.prescription?.exercise?.id);
  return h(
    "div",
    { class: "swap" },
    button("Swap", () => toggle(key), "plain", { id: `swap-${item.slot}`.replace(/\W/g, "-"), "aria-expanded": String(open === key) }),
    open === key && h("div", { class: "editor chips", role: "group", "aria-label": "Instead" }, others.map((one) => to(one.exercise_id, one.exercise)), item.swapped && to(null, "Back to the plan")),
  );
}
