// Single questions, one a screen: the warning questions, the next morning, the strength of pain.
import { button, h, show } from "./page.js";
import { held } from "./server.js";

const REPLIES = { no: "No", brief: "Only brief", unsure: "Not sure", yes: "Yes" };

const book = () => held("rules")?.questions || [];
const question = (id) => book().find((each) => each.id === id);
const accepted = (one) => Object.keys(REPLIES).filter((reply) => reply === "no" || one.weights[reply]);
export const isFirst = (id) => question(id) && !question(id).opens.length;

// The gravest level that these answers stand for by themselves; the server may only raise it.
export function stops(answers) {
  const means = Object.entries(answers).map(([id, reply]) => question(id)?.weights[reply]?.[0]);
  return ["emergency", "urgent"].find((level) => means.includes(level)) || null;
}

// Questions that these answers open and nobody has answered yet.
function opened(answers) {
  const holds = new Set();
  for (const [id, reply] of Object.entries(answers)) {
    if (reply === "yes") holds.add(id);
    else if (reply !== "no") holds.add(`${id}=${reply}`);
  }
  return book()
    .filter((each) => each.opens.length && each.opens.every((word) => holds.has(word)))
    .map((each) => each.id)
    .filter((id) => !(id in answers));
}

// One screen: a title, a line of where we are, choices as big buttons.
export function choose({ title, step, back, choices, kind = "choices", foot = [] }) {
  show([
    h(
      "header",
      { class: "step" },
      button("Back", back, "plain", { id: "back" }),
      h("p", { class: "small quiet" }, step),
    ),
    h("h1", {}, title),
    h(
      "div",
      { class: kind },
      choices.map(([words, act, more]) => button(words, act, "choice", more)),
    ),
    foot,
  ]);
}

// Eleven buttons; the two ends say what they mean.
export function strength({ title, step, back, chosen }) {
  const words = { 0: "0 · nothing", 10: "10 · the worst you can think of" };
  const number = (value) => [words[value] || String(value), () => chosen(value), { id: `n${value}` }];
  choose({ title, step, back, choices: [...Array(11).keys()].map(number), kind: "choices numbers" });
}

// Ask each question in turn, and those the answers open; `done` gets question → reply.
export function ask(ids, { step, back, done, answers = {} }) {
  const queue = ids.filter((id) => question(id));
  const next = (at) => {
    if (at < 0) return back();
    const open = at < queue.length ? [] : opened(answers).filter((id) => !queue.includes(id));
    queue.push(...open);
    if (at >= queue.length) return done(answers);
    const one = question(queue[at]);
    const reply = (value) => () => {
      answers[one.id] = value;
      next(at + 1);
    };
    choose({
      title: one.text,
      step: `${step} · ${at + 1} of ${queue.length}`,
      back: () => next(at - 1),
      choices: accepted(one).map((value) => [REPLIES[value] || value, reply(value), { id: `r-${value}` }]),
      kind: "choices replies",
    });
  };
  next(0);
}
