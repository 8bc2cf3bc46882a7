// Checking in: how the client is before a session, and the weekly questions about an open place.
import { choose } from "./asking.js";
import * as outbox from "./outbox.js";
import { button, go, h, show } from "./page.js";
import { held, refresh } from "./server.js";
import { LB } from "./sets.js";
import { moment, newId } from "./store.js";

const KIND = "check-in";
const unit = () => held("today")?.unit || "kg";

export const fetchForm = () => refresh("checks", "/v1/check-in-form");

// Weekly checks that wait for an answer; one that is on its way is answered.
export function due() {
  const sent = outbox.waiting(KIND).map(({ body }) => `${body.region}/${body.side}`);
  return (held("checks")?.due || []).filter((each) => !sent.includes(`${each.region}/${each.side}`));
}

export const cards = () =>
  due().map((each) =>
    h(
      "section",
      { class: "card asked" },
      h("h2", {}, `Weekly check: ${each.words}`),
      button("Answer", () => weekly(each), "main", { id: `weekly-${each.region}-${each.side}` }),
    ),
  );

export function screen(quiet) {
  const kept = outbox.waiting(KIND);
  show(
    [
      h("h1", {}, "Check-in"),
      cards(),
      held("checks")
        ? h(
            "section",
            { class: "card" },
            h("h2", {}, "How are you today?"),
            h("p", { class: "quiet" }, "Five taps before a session. Your coach reads them beside your log; they change nothing by themselves."),
            button("Start", ready, "main", { id: "ready" }),
          )
        : h("p", {}, "The questions are not on this phone yet. They need signal once."),
      kept.map((item) => h("p", { class: item.refused ? "lost bad" : "lost" }, item.refused ? `Not accepted: ${item.refused}` : "A check-in is kept on this phone, on its way.")),
      h("p", { class: "small quiet notice" }, held("today")?.notice),
    ],
    { quiet },
  );
}

// One question a screen; `done` gets the index of each answer, and the way back.
function walk(questions, step, done) {
  const said = [];
  const next = (at) => {
    if (at < 0) return go("check-in");
    if (at === questions.length) return done(said, () => next(at - 1));
    const { text, answers } = questions[at];
    const choice = (words, index) => [words, () => ((said[at] = index), next(at + 1)), { id: `a-${index}` }];
    choose({ title: text, step: `${step} · ${at + 1} of ${questions.length}`, back: () => next(at - 1), choices: answers.map(choice) });
  };
  next(0);
}

function ready() {
  const { items } = held("checks").readiness;
  const questions = items.map(({ text, worst, best }) => ({ text, answers: [`1 · ${worst}`, "2", "3", "4", `5 · ${best}`] }));
  walk(questions, "Today", (said, back) => {
    const taps = Object.fromEntries(items.map(({ id }, at) => [id, said[at] + 1]));
    last("readiness", { taps }, back);
  });
}

function weekly({ region, side, words }) {
  walk(held("checks").weekly.questions, words, (answers, back) => last("weekly", { region, side, answers }, back));
}

// What may be added, and the sending.
function last(kind, said, back) {
  const note = h("textarea", { id: "note", rows: "3", maxlength: "1000" });
  const weight = kind === "readiness" && h("input", { id: "weight", inputmode: "decimal" });
  const wrong = h("p", { class: "bad small", role: "alert" });
  const send = (event) => {
    event.preventDefault();
    const typed = Number((weight?.value || "").replace(",", "."));
    const kg = unit() === "lb" ? typed * LB : typed;
    if (weight?.value && !(kg >= 20 && kg <= 400)) {
      wrong.textContent = `A body weight in ${unit()}, or nothing.`;
      return weight.focus();
    }
    const body = { ...moment(), kind, ...said, note: note.value.trim() };
    if (kg) body.body_weight_kg = Math.round(kg * 10) / 10;
    outbox.put(KIND, `/v1/check-ins/${newId()}`, body);
    go("");
  };
  show([
    h("header", { class: "step" }, button("Back", back, "plain", { id: "back" }), h("p", { class: "small quiet" }, "Only if you like")),
    h("h1", {}, "Anything to add?"),
    h(
      "form",
      { class: "card", onsubmit: send },
      weight && [h("label", { for: "weight" }, `Body weight in ${unit()}`), weight],
      h("label", { for: "note" }, "A note to your coach"),
      note,
      wrong,
      h("button", { class: "main", id: "send" }, "Send"),
    ),
  ]);
}
