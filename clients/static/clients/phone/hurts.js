// "This hurts": five taps. Where, how strong, when, what changed, warnings.
import { ask, choose, isFirst, stops, strength } from "./asking.js";
import * as chart from "./chart.js";
import * as outbox from "./outbox.js";
import { button, go, h, say, show } from "./page.js";
import { call, held } from "./server.js";
import { copy, moment, newId, read } from "./store.js";

let told = null; // what is being said; empty again once it is sent
let at = null; // what of the chart is shown

// `lift` = where in today's session it was felt; null when it was somewhere else.
export async function start(lift = null) {
  told = { lift, answers: {}, tapped: new Set() };
  try {
    await chart.load();
  } catch {
    return say("The body chart is not on this phone yet. Open this page once with signal.");
  }
  const crop = chart.cropOf(lift?.pattern);
  const [view, x, y] = chart.firstOf(crop);
  const before = (held("today")?.reports || []).flatMap((report) => report.places);
  const known = before.map((place) => inView(place, chart.leaves(view))).filter(Boolean);
  const near = [...known, ...chart.nearest(view, x, y)];
  const once = near.filter((one, index) => near.findIndex((other) => same(one, other)) === index);
  at = { crop, view, near: once.slice(0, 3) };
  go("hurts-1");
}

const same = (one, other) => one.region === other.region && one.side === other.side;
const inView = (place, shown) => shown.find((one) => same(one, place));

export function screen(step) {
  if (!told) return go("");
  [where, strong, timing, effect, warnings][step - 1]();
}

const step = (number) => `${told.lift ? `${told.lift.name} · ` : ""}${number} of 5`;
const back = () => history.back();

function where() {
  const look = (change) => () => {
    Object.assign(at, change);
    where();
  };
  const other = at.view === "back" ? "front" : "back";
  const middle = chart.firstOf(at.crop).slice(1);
  const whole = at.crop === "whole" ? chart.cropOf(told.lift?.pattern) : "whole";
  show([
    h(
      "header",
      { class: "step" },
      button("Back", back, "plain", { id: "back" }),
      h("p", { class: "small quiet" }, step(1)),
    ),
    h("h1", {}, "Where?"),
    chart.figure(at.view, at.crop, at.near, (x, y) =>
      look({ near: chart.nearest(at.view, x, y) })(),
    ),
    h(
      "div",
      { class: "views" },
      button(
        other === "front" ? "Front" : "Back view",
        look({ view: other, near: chart.nearest(other, ...middle) }),
        "plain",
        { id: "turn" },
      ),
      whole !== at.crop && button(whole === "whole" ? "Whole body" : "Closer", look({ crop: whole }), "plain", { id: "whole" }),
      button("List", list, "plain", { id: "list" }),
    ),
    h(
      "div",
      { class: "choices three", role: "group", "aria-label": "Nearest places" },
      at.near.map((place) => button(place.words, () => named(place), "choice")),
    ),
  ]);
}

function list() {
  const choices = chart.places().map((place) => [place.words, () => named(place)]);
  choose({ title: "Where?", step: step(1), back: where, choices, kind: "choices list" });
}

function named(place) {
  told.place = { region: place.region, side: place.side };
  told.words = place.words;
  told.form = formFor(place);
  go("hurts-2");
}

// What is due for this place: asked now, else as asked before, else by the rules on this phone.
async function formFor({ region, side }) {
  try {
    const answer = await call("GET", `/v1/report-form?region=${region}`);
    if (answer.ok) copy(`copy:form:${region}`, answer.said);
  } catch {
    // without signal the copies serve
  }
  return read(`copy:form:${region}`) || offline(region, side);
}

async function offline(region, side) {
  const rules = held("rules");
  const words = held("form");
  if (!rules || !words) return null;
  const { due } = await import("../rules/evaluator.js");
  const at = moment().performed_at;
  const form = due(rules, { places: [[region, side]], profile: {}, on: at.slice(0, 10), at });
  const asked = (ids) => ids.map((id) => ({ id }));
  const tiles = form.tiles.map((tile) => ({ ...tile, questions: asked(tile.questions) }));
  return { ...words, tiles, now: asked(form.now) };
}

function strong() {
  const chosen = (value) => {
    told.worst = value;
    go("hurts-3");
  };
  strength({ title: `${told.words}: how strong at its worst?`, step: step(2), back, chosen });
}

async function timing() {
  const form = await told.form;
  if (!form) return say("The questions are not on this phone yet. Open this page once with signal.");
  const choices = form.timing.map(({ id, words }) => [
    sentence(words),
    () => {
      told.timing = id;
      go("hurts-4");
    },
  ]);
  choose({ title: "When?", step: step(3), back, choices });
}

const sentence = (words) => words[0].toUpperCase() + words.slice(1);

async function effect() {
  const choices = (await told.form).effect.map(({ id, words }) => [
    words,
    () => {
      told.effect = id;
      go("hurts-5");
    },
  ]);
  choose({ title: "What did you change?", step: step(4), back, choices });
}

async function warnings() {
  const form = await told.form;
  const choices = form.tiles.map((tile) => [
    told.tapped.has(tile.id) ? `${tile.title} · answered` : tile.title,
    () => openTile(tile),
    { id: `tile-${tile.id}`, "aria-pressed": String(told.tapped.has(tile.id)) },
  ]);
  const none = told.tapped.size ? "None of the others" : "None of these";
  choose({
    title: "Any of these?",
    step: step(5),
    back,
    choices,
    kind: "choices tiles",
    foot: button(none, () => allSaid(form), "main", { id: "none" }),
  });
}

function openTile(tile) {
  const ids = tile.questions.map((each) => each.id);
  const answered = (answers) => {
    Object.assign(told.answers, answers);
    told.tapped.add(tile.id);
    if (stops(told.answers)) return send(false); // nothing else is worth a second now
    warnings();
  };
  ask(ids, { step: tile.title, back: warnings, done: answered });
}

// Questions that are always due for this place (chest, ribs) come last, then it goes out.
function allSaid(form) {
  const due = form.now.map((each) => each.id).filter((id) => !(id in told.answers));
  if (!due.length) return send(true);
  const done = (answers) => {
    Object.assign(told.answers, answers);
    send(true);
  };
  ask(due, { step: "Before it goes out", back: warnings, done });
}

async function send(none) {
  const form = await told?.form;
  if (!told) return; // a second tap on the same button
  const id = newId();
  const { lift } = told;
  const body = {
    kind: "symptom",
    ...moment(),
    source: lift ? "in_session" : "spontaneous",
    regions: [{ ...told.place, pain_worst: told.worst }],
    timing: [told.timing],
    effect: told.effect,
    red_flags: {
      none_of_these: none,
      tiles_shown: form.tiles.map((tile) => tile.id),
      tiles_tapped: [...told.tapped],
      answers: told.answers,
    },
    session_id: lift?.session ?? null,
    exercise: lift?.said ?? null,
  };
  try {
    outbox.put("report", `/v1/reports/${id}`, body);
  } catch {
    return say("This phone is full, so nothing was kept. Free some room and try again.");
  }
  copy(`copy:said:${id}`, { words: told.words, answers: told.answers, body });
  told = null;
  go(`report-${id}`);
}

// A yes tapped by mistake: all the questions again; the stop ends when a coach confirms it (I-2).
export async function answerAgain(report) {
  const known = read(`copy:said:${report.id}`);
  const form = await formFor(report.places[0]);
  const tapped = Object.keys(known?.answers || {});
  const ids = tapped.length ? tapped : form.tiles.flatMap((tile) => tile.questions.map((q) => q.id));
  const first = ids.filter(isFirst);
  const done = (answers) => {
    const path = `/v1/reports/${report.id}/answers/${newId()}`;
    outbox.put("answer", path, { ...moment(), mistaken_tap: true, answers }, report.id);
    copy("copy:again", report.id);
    go("");
  };
  ask(first, { step: "Answer again", back: () => go(""), done });
}

