// What became of what was sent: the coach has seen, changed, answered or written. Newest first.
import { h, show, when } from "./page.js";
import { call, held, refresh } from "./server.js";

const time = (at) => when(at, held("today")?.time_zone, held("today")?.date);
let marked = null;

const WORDS = {
  seen: "Your coach has seen your report",
  changed: "Your coach has changed your plan",
  answered: "Your coach has answered your report",
  message: "Your coach has written to you",
};

export const unread = () => held("today")?.unread_notifications || 0;

export const link = () =>
  h("a", { href: "#news", class: "small" }, unread() ? `News (${unread()} new)` : "News");

export async function fetchNews() {
  const answer = await refresh("news", "/v1/notifications");
  if (answer.ok && location.hash === "#news") await markRead();
  return answer;
}

async function markRead() {
  const newest = held("news").items[0];
  if (!newest || newest.read_at || newest.id === marked || document.hidden) return;
  marked = newest.id;
  const answer = await call("POST", "/v1/notifications/read", { up_to: newest.id }).catch(() => null);
  if (!answer?.ok) marked = null;
}

export function screen(quiet) {
  const items = held("news")?.items || [];
  show(
    [
      h("h1", {}, "News"),
      items.length
        ? h("ol", { class: "thread" }, items.map(line))
        : h("p", { class: "quiet" }, "Nothing yet. When your coach has seen or answered a report, it stands here."),
      h("p", { class: "small quiet notice" }, held("today")?.notice),
    ],
    { quiet },
  );
}

function line(each) {
  const to = each.kind === "message" ? "messages" : each.report_id ? `report-${each.report_id}` : "";
  return h(
    "li",
    { class: "said" },
    h("p", { class: "small quiet" }, `${time(each.at)}${each.read_at ? "" : " · new"}`),
    h("p", {}, to ? h("a", { href: `#${to}` }, WORDS[each.kind]) : WORDS[each.kind]),
  );
}
