// The questions that are due: the next morning, how an exposure went, what was left open.
import { ask, choose, strength } from "./asking.js";
import * as outbox from "./outbox.js";
import { button, day, go, h } from "./page.js";
import { moment, newId } from "./store.js";

const FEEL = [
  ["better", "Better than before the session"],
  ["same", "The same"],
  ["worse", "Worse"],
];

const place = (due) => due.places.map((each) => each.words).join(" · ");
const answered = (due) => outbox.waiting("answer").some((item) => item.path.includes(due.id));

// One card for each place and kind: a reminder of the same question is the same question.
export function cards(doc) {
  const seen = new Set();
  return doc.follow_ups
    .filter((due) => !answered(due))
    .filter((due) => {
      const about = due.questions.length ? `${due.about}/questions` : due.id;
      return !seen.has(about) && seen.add(about);
    })
    .map((due) =>
      h(
        "section",
        { class: "card asked" },
        h("h2", {}, title(due)),
        h("p", { class: "quiet" }, place(due)),
        button("Answer", () => open(due), "main", { id: `due-${due.id}` }),
      ),
    );
}

function title(due) {
  if (due.questions.length) return "A few questions are left";
  if (due.kind === "exposure") return `How was it after ${due.session_on ? day(due.session_on) : "the session"}?`;
  return "How is it this morning?";
}

function open(due) {
  const back = () => go("");
  const send = (body) => {
    outbox.put("answer", `/v1/follow-ups/${due.id}/answers/${newId()}`, { ...moment(), ...body }, due.about);
    go("");
  };
  if (due.questions.length) {
    return ask(due.questions, { step: place(due), back, done: (answers) => send({ answers }) });
  }
  const asked = due.kind === "exposure" ? ["pain_before", "pain_worst", "pain_next_morning"] : ["pain_next_morning"];
  const steps = due.places.flatMap((one) => [...asked, "morning_feel"].map((field) => ({ one, field })));
  const regions = due.places.map(({ region, side }) => ({ region, side }));
  walk(due, steps, regions, 0, { back, send });
}

const TITLES = {
  pain_before: "before the session?",
  pain_worst: "at its worst in the session?",
  pain_next_morning: "this morning?",
};

function walk(due, steps, regions, at, { back, send }) {
  if (at < 0) return back();
  if (at === steps.length) return send({ regions });
  const { one, field } = steps[at];
  const said = regions.find((each) => each.region === one.region && each.side === one.side);
  const chosen = (value) => {
    said[field] = value;
    walk(due, steps, regions, at + 1, { back, send });
  };
  const common = {
    step: `${at + 1} of ${steps.length}`,
    back: () => walk(due, steps, regions, at - 1, { back, send }),
  };
  if (field !== "morning_feel") {
    return strength({ ...common, title: `${one.words}: how strong ${TITLES[field]}`, chosen });
  }
  const choices = FEEL.map(([id, words]) => [words, () => chosen(id), { id: `feel-${id}` }]);
  choose({ ...common, title: `${one.words}: how does it feel this morning?`, choices });
}
