// The thread with the coach: what was written, what became of reports and plan between it.
import * as hurts from "./hurts.js";
import * as outbox from "./outbox.js";
import { button, go, h, show, when } from "./page.js";
import { call, held, refresh } from "./server.js";
import { moment, newId } from "./store.js";

const time = (at) => when(at, held("today")?.time_zone, held("today")?.date);
let marked = null;

export const unread = () => held("today")?.unread_messages || 0;

export const link = () =>
  h("a", { href: "#messages", class: "small" }, unread() ? `Messages (${unread()} new)` : "Messages");

// Fetched while the screen is open, or when today says that something waits.
export async function fetchThread() {
  const answer = await refresh("messages", "/v1/messages");
  if (answer.ok && location.hash === "#messages") await markRead();
  return answer;
}

async function markRead() {
  const newest = held("messages").items.find((each) => each.from_coach && !each.read_at);
  if (!newest || newest.id === marked || document.hidden) return;
  marked = newest.id;
  const [, id] = newest.id.split(":");
  const answer = await call("PUT", "/v1/messages/read", { up_to: id }).catch(() => null);
  if (!answer?.ok) marked = null;
}

export function screen(quiet) {
  const kept = outbox.waiting("message");
  const sent = (held("messages")?.items || []).filter((each) => !kept.some((one) => each.id.endsWith(one.path.split("/").pop())));
  show(
    [
      h("h1", {}, "Messages"),
      h("ol", { class: "thread" }, [...sent].reverse().map(line), kept.map(waits)),
      !sent.length && !kept.length && h("p", { class: "quiet" }, "Nothing written yet. Your coach reads it on the desk."),
      write(),
      h("p", { class: "small quiet notice" }, held("today")?.notice),
    ],
    { quiet },
  );
}

function line(each) {
  if (each.kind !== "message") return h("li", { class: "happened small quiet" }, `${time(each.at)} ${each.words}`);
  const about = each.about ? ` · ${each.about.words}` : "";
  const read = !each.from_coach && each.read_at ? h("p", { class: "small quiet" }, `Read ${time(each.read_at)}`) : null;
  return h(
    "li",
    { class: each.from_coach ? "said" : "said ours" },
    h("p", { class: "small quiet" }, `${each.by} ${time(each.at)}${about}`),
    h("p", {}, each.text),
    each.hurts && !each.from_coach && button(each.report_id ? "A question is left" : "Tell us where it hurts", () => (each.report_id ? go("") : hurts.start()), "plain"),
    read,
  );
}

const waits = (item) =>
  h("li", { class: "said ours" }, h("p", {}, item.body.text), h("p", { class: item.refused ? "small bad" : "small quiet" }, item.refused ? `Not accepted: ${item.refused}` : "Kept on this phone, on its way"));

function write() {
  const field = h("textarea", { id: "text", rows: "3", maxlength: "2000", "aria-label": "Write to your coach" });
  const send = (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    outbox.put("message", `/v1/messages/${newId()}`, { ...moment(), text });
    field.value = "";
    screen(true);
  };
  return h("form", { class: "entry", onsubmit: send }, field, h("button", { class: "main", id: "send" }, "Send"));
}
