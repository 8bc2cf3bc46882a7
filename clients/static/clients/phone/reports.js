// What became of a report: sent, seen, changed until when and why.
import * as allowed from "./allowed.js";
import { ask, choose, stops } from "./asking.js";
import * as outbox from "./outbox.js";
import { button, day, go, h, show, when } from "./page.js";
import { held } from "./server.js";
import { copy, moment, newId, now, read } from "./store.js";

const today = () => held("today") || {};
const zone = () => today().time_zone || undefined;
const time = (at) => when(at, zone(), today().date);

// Reports not sent yet come first; the server has not judged them.
export function all() {
  const kept = outbox.waiting("report").map((item) => {
    const id = item.path.split("/").pop();
    const site = item.body.regions[0];
    const words = read(`copy:said:${id}`)?.words || site.region;
    return {
      id,
      item,
      performed_at: item.body.performed_at,
      level: stops(item.body.red_flags.answers),
      places: [{ ...site, words, value: site.pain_worst }],
    };
  });
  const sent = (today().reports || []).filter((one) => !kept.some((other) => other.id === one.id));
  return [...kept.reverse(), ...sent];
}

export const find = (id) => all().find((each) => each.id === id);

export const placeWords = (report) =>
  report.places
    .map((place) => `${place.words}${Number.isInteger(place.value) ? `, ${place.value} of 10` : ""}`)
    .join(" · ");

const DECIDED = {
  watch: "Your coach watches it and changes nothing for now",
  undone: "The change was taken back",
  ended: "The change ended",
  cleared: "A professional has looked; training goes on within any limits you were given",
  mistaken_tap: "Your new answers are confirmed",
  told_to_get_checked: "Get this checked",
};

// "Sent 13:58 · Seen 14:02 · Changed until Thu 3 Dec, because …"
export function state(report) {
  if (report.item?.refused) return [h("li", { class: "bad" }, `Not accepted: ${report.item.refused}`)];
  if (report.item) {
    const kept = navigator.onLine ? "Kept on this phone, on its way" : "Kept on this phone, goes out with signal";
    return [h("li", { class: "now" }, kept), allowed.line(report)];
  }
  const lines = [h("li", {}, `Sent ${time(report.sent_at)}`)];
  if (report.told?.state === "delivered") lines.push(h("li", {}, `Delivered ${time(report.told.delivered_at)}`));
  if (report.seen_at) lines.push(h("li", {}, `Seen ${time(report.seen_at)}${report.seen_by ? ` by ${report.seen_by}` : ""}`));
  else lines.push(unseen(report));
  for (const one of report.told?.also_told || []) lines.push(h("li", {}, `${one.name} was told ${time(one.at)}`));
  if (report.told?.contact_told_at) lines.push(h("li", {}, `Your emergency contact was told ${time(report.told.contact_told_at)}`));
  if (report.change) lines.push(h("li", { class: "now" }, changed(report.change)));
  else if (allowed.line(report)) lines.push(allowed.line(report));
  else if (DECIDED[report.decided?.kind]) lines.push(h("li", { class: "now" }, DECIDED[report.decided.kind]));
  return lines;
}

// The level's time has passed without a look: what to do now. Known here without signal too.
function unseen(report) {
  const late = report.told?.look_by && now() > new Date(report.told.look_by);
  if (late) return h("li", { class: "bad", id: `unreached-${report.id}` }, report.told.what_to_do);
  return h("li", {}, alone() ? "Not seen yet. Nobody covers for your coach: if it gets worse, get help without waiting" : "Not seen yet");
}

const changed = (change) =>
  change.provisional
    ? `${change.title}, as your coach allowed, until they confirm it`
    : `Changed until your review on ${day(change.until_review_on)}, because ${lower(change.because)}`;

export const lower = (words) => (/^[A-Z][a-z]/.test(words) ? words[0].toLowerCase() : words[0]) + words.slice(1).replace(/\.$/, "");

const alone = () => held("me")?.coached_in?.[0]?.covered === false;

// What is left to ask: as the server says, or by the rules on this phone while it has no signal.
const still = (report) =>
  report.item ? allowed.left(report) : [...(report.questions_now || []), ...(report.questions_later || [])];

export function card(report) {
  const open = still(report).length;
  const done = outbox.waiting("answer").some((item) => item.after === report.id);
  const now = Boolean(report.questions_now?.length);
  return h(
    "article",
    { class: "card", id: `card-${report.id}` },
    h("h2", {}, placeWords(report)),
    h("ul", { class: "state" }, state(report)),
    report.open !== false && report.words && h("p", {}, report.words),
    report.item?.refused && [
      button("Try again", () => (outbox.again(report.item.id), go("reports")), "plain"),
    ],
    Boolean(open) && (!done || report.item) && report.open !== false && button(
      now ? "Answer the questions left" : `${still(report).length} questions for after the session`,
      () => questions(report),
      now ? "main" : "plain",
      { id: `ask-${report.id}` },
    ),
    !report.change && report.open !== false && allowed.card(report),
  );
}

export function screen(quiet) {
  const found = all();
  show(
    [
      h("h1", {}, "Reports"),
      found.length ? found.map(card) : h("p", {}, "Nothing reported yet."),
    ],
    { quiet },
  );
}

export function one(id, quiet) {
  const report = find(id);
  if (!report) return go("");
  show(
    [
      h("h1", {}, report.item ? "Kept" : "Sent"),
      card(report),
      button("Back to today", () => go(""), "main", { id: "home" }),
    ],
    { quiet },
  );
}

// Questions that the answers made due: ids of the book, or the fields a chest report needs.
function questions(report) {
  const ids = still(report);
  const body = { ...moment() };
  const done = (answers) => {
    if (Object.keys(answers).length) body.answers = answers;
    const path = `/v1/reports/${report.id}/answers/${newId()}`;
    outbox.put("answer", path, body, report.id);
    const known = read(`copy:said:${report.id}`) || { words: placeWords(report) };
    copy(`copy:said:${report.id}`, { ...known, answers: { ...known.answers, ...answers } });
    go(`report-${report.id}`);
  };
  const rest = () => ask(ids, { step: placeWords(report), back: () => go("reports"), done });
  if (ids.includes("aggravators")) return aggravators(body, rest);
  rest();
}

function aggravators(body, then) {
  const chosen = new Set(body.aggravators || []);
  const all = (held("form")?.aggravators || []).map((id) => [
    `${chosen.has(id) ? "✓ " : ""}${id.replaceAll("_", " ")}`,
    () => {
      chosen.has(id) ? chosen.delete(id) : chosen.add(id);
      body.aggravators = [...chosen];
      aggravators(body, then);
    },
    { "aria-pressed": String(chosen.has(id)) },
  ]);
  const on = () => {
    body.aggravators = [...chosen];
    then();
  };
  const foot = button(chosen.size ? "Go on" : "None of these", on, "main");
  choose({ title: "What sets it off?", step: "", back: () => go("reports"), choices: all, kind: "choices tiles", foot });
}

