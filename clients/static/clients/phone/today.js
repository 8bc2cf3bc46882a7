// Today: the sessions with their reasons, the questions due, what became of the last report.
import * as allowed from "./allowed.js";
import * as checkin from "./checkin.js";
import * as followups from "./followups.js";
import * as hurts from "./hurts.js";
import * as messages from "./messages.js";
import * as news from "./news.js";
import * as outbox from "./outbox.js";
import { button, day, drawing, go, h, show } from "./page.js";
import * as plan from "./plan.js";
import * as reports from "./reports.js";
import { held } from "./server.js";
import * as sets from "./sets.js";
import { copy, moment, read } from "./store.js";
import { stops } from "./asking.js";
import * as contact from "./contact.js";

sets.onChange(() => screen(true));
plan.onChange(() => screen(true));

export function screen(quiet) {
  const doc = held("today");
  if (!doc) {
    const words = navigator.onLine ? "Fetching today …" : "Nothing is on this phone yet. It needs signal once.";
    return show([h("h1", {}, "Today"), h("p", {}, words)], { quiet });
  }
  const stop = standing(doc);
  if (unread()) return stopScreen(stop, quiet);
  show(
    [
      h("header", { class: "top" }, h("h1", {}, day(doc.date)), h("p", { class: "small quiet" }, held("me")?.name, " · ", messages.link(), " · ", news.link())),
      lost(),
      stop && h("section", { class: `card stop ${stop.level}` }, h("h2", {}, stop.words), h("p", {}, "Every session is paused; logging goes on."), button("Read it again", () => stopScreen(stop), "plain")),
      followups.cards(doc),
      checkin.cards(),
      recent(doc),
      allowed.climbs(),
      doc.sessions.length
        ? doc.sessions.map((each) => session(allowed.shown(each), doc))
        : h("section", { class: "card" }, h("h2", {}, "No session today."), doc.coming[0] && h("p", { class: "quiet" }, `Next: ${doc.coming[0].name}, ${day(doc.coming[0].date)}.`)),
      coming(doc),
      h("p", { class: "small quiet notice" }, doc.notice),
    ],
    { quiet },
  );
}

// A stop nobody has read yet comes before everything but a question being answered.
export function unread() {
  const doc = held("today");
  const stop = doc && standing(doc);
  return Boolean(stop) && read("copy:stop-read") !== stop.id;
}

// The stop the server knows of, or one that a report still waiting here stands for.
function standing(doc) {
  if (doc.stop) return { id: doc.stop.report_id, level: doc.stop.level, words: doc.stop.words };
  for (const item of outbox.waiting("report")) {
    const level = stops(item.body.red_flags.answers);
    if (level) return { id: item.path.split("/").pop(), level, words: held("form").levels[level] };
  }
  return null;
}

function stopScreen(stop, quiet = false) {
  const number = held("me")?.coached_in?.[0]?.emergency_number;
  const report = reports.find(stop.id);
  show(
    h(
      "section",
      { class: `stopped ${stop.level}` },
      h("h1", {}, stop.words),
      stop.level === "emergency" && number && h("p", { class: "number" }, number),
      h("p", {}, report?.item ? "Your report is kept on this phone and goes out with signal. Do not wait for it." : "Your coach is told. Do not wait for an answer."),
      contact.line(stop.level),
      h("p", {}, "Every session is paused until this is settled. You can still log and report."),
      button("To my log", () => (copy("copy:stop-read", stop.id), go("")), "main", { id: "to-log" }),
      read("copy:again") === stop.id
        ? h("p", {}, "Your new answers are here. Your coach confirms them, then training goes on.")
        : report && !report.item && button("I tapped by mistake", () => hurts.answerAgain(report), "plain", { id: "mistake" }),
      h("p", { class: "small notice" }, held("today")?.notice),
    ),
    { quiet },
  );
}

function lost() {
  const waits = outbox.waiting();
  const refused = waits.filter((each) => each.refused).length;
  const words = [];
  if (!navigator.onLine) words.push("No signal.");
  if (waits.length > refused) words.push(`${waits.length - refused} kept on this phone, ${navigator.onLine ? "on the way" : "going out with signal"}.`);
  if (refused) words.push(`${refused} not accepted; they stay here.`);
  return words.length ? h("p", { class: "lost", role: "status" }, words.join(" ")) : null;
}

// Reports of the last days that a client still wonders about.
function recent(doc) {
  return reports
    .all()
    .filter((each) => each.item || each.open)
    .slice(0, 2)
    .map(reports.card);
}

function session(given, doc) {
  const each = plan.asItIs(given);
  const done = ["done", "skipped"].includes(each.state);
  return h(
    "section",
    { class: "session" },
    h("h2", {}, each.name),
    each.paused && h("p", { class: "paused" }, "Paused. What you do is still logged."),
    plan.acts(each, doc),
    each.items.map((item) => place(each, item, doc)),
    each.state === "started" && button("Session done", () => finish(each), "plain wide", { id: "finish" }),
    done && h("p", { class: "quiet" }, each.state === "done" ? "Done." : "Left out."),
  );
}

function finish(each) {
  outbox.put("session", `/v1/sessions/${each.id}`, { state: "done", at: moment().performed_at });
  screen(true);
}

function reason(change) {
  return `${change.title} until your review on ${day(change.until_review_on)}, because ${reports.lower(change.because)}.`;
}

function place(each, item, doc) {
  const now = item.prescription;
  if (!now?.exercise) {
    return h("article", { class: "card" }, h("h3", {}, item.was || "Paused"), h("p", {}, item.change ? reason(item.change) : "Rests for now."));
  }
  const { exercise } = now;
  const fresh = item.change && item.was;
  return h(
    "article",
    { class: "card exercise" },
    exercise.drawing && h("div", { class: "shown" }, drawing(exercise.drawing, exercise.id, exercise.name)),
    h("h3", {}, exercise.name),
    h("p", { class: "quiet" }, now.line),
    item.change && h("p", { class: "why" }, reason(item.change), item.was && h("span", { class: "small" }, ` Was: ${item.was}.`)),
    item.paused && h("p", { class: "paused" }, "Paused for now. What you do is still logged."),
    h("ul", { class: "cues small" }, [...now.cues, ...exercise.cues].slice(0, 3).map((cue) => h("li", {}, cue))),
    [...now.media, ...exercise.media].map((one) => h("p", {}, h("a", { href: one.url, target: "_blank", rel: "noreferrer" }, one.title || "How it is done"))),
    now.setup.map((one) => h("p", { class: "small" }, `${one.what.replaceAll("_", " ")}: ${one.how.replaceAll("_", " ")}`)),
    (now.stop_rule || fresh) && h("p", { class: "rule small" }, "Stop the set when the position goes."),
    now.note && h("p", { class: "small quiet" }, now.note),
    item.swapped && h("p", { class: "small quiet" }, `Swapped by you. The plan says: ${item.was}.`),
    plan.swapper(each, item, doc),
    sets.rows(each, item),
    button("This hurts", () => hurts.start(sets.lift(each, item)), "plain wide", { id: `hurts-${item.slot}`.replace(/\W/g, "-"), "aria-label": `This hurts: ${exercise.name}` }),
  );
}

function coming(doc) {
  if (!doc.coming.length) return null;
  return h(
    "section",
    { class: "card coming" },
    h("h2", {}, "Coming"),
    h(
      "ul",
      {},
      doc.coming.slice(0, 4).map((given) => {
        const each = plan.asItIs(given);
        const changed = [...new Set(each.items.filter((item) => item.change).map((item) => item.change.title))];
        return h("li", {}, h("b", {}, day(each.date)), ` ${each.name}`, changed.map((title) => h("span", { class: "small now" }, title)), each.state === "skipped" ? h("span", { class: "small quiet" }, " left out") : plan.acts(each, doc));
      }),
    ),
    doc.changes.map((change) => h("p", { class: "why small" }, reason(change))),
  );
}
