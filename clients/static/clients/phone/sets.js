// Logging a set: one tap when it went as asked, two when it did not.
import * as hurts from "./hurts.js";
import * as outbox from "./outbox.js";
import { button, h, say } from "./page.js";
import { held } from "./server.js";
import { moment, newId } from "./store.js";

export const LB = 0.45359237;
const ENDS = [
  ["", "As planned"],
  ["muscular_failure", "To failure"],
  ["position_lost", "Position lost"],
  ["pain", "Pain"],
];
let open = null; // the set whose numbers are being changed: its key, its values
let redraw = () => {};

export const onChange = (draw) => (redraw = draw);

const unit = () => held("today")?.unit || "kg";
const inUnit = (kg) => (unit() === "lb" ? Math.round((kg / LB) * 2) / 2 : kg);

// The sets of a place as logged: what the server has, and over it what still waits here.
export function logged(session, slot) {
  const found = new Map();
  for (const row of session.sets) if (row.slot === slot) found.set(row.set_index, row);
  for (const item of outbox.waiting("set")) {
    const { body } = item;
    if (body.session_id !== session.id || body.slot !== slot) continue;
    const id = item.path.split("/").pop();
    found.set(body.set_index, { ...body, id, waits: true, refused: item.refused });
  }
  return found;
}

function planned(target, before) {
  const weight = target.weight_kg === null ? before?.weight : inUnit(target.weight_kg);
  return {
    weight: weight ?? null,
    reps: target.reps_max ?? target.reps_min ?? before?.reps ?? null,
    seconds: target.seconds,
    rir: target.rir ?? null,
    end_reason: "",
  };
}

export function rows(session, item) {
  const done = logged(session, item.slot);
  const sets = item.prescription.sets;
  let before = null;
  let work = 0;
  return h(
    "ol",
    { class: "sets" },
    sets.map((target, index) => {
      const kept = done.get(index);
      const name = target.kind === "warmup" ? "Warm-up" : `Set ${(work += 1)}`;
      const values = kept || planned(target, before);
      before = values;
      const one = { session, item, target, index, name, kept, values };
      return h("li", { class: kept ? "kept" : "" }, open?.key === key(one) ? editor(one) : row(one));
    }),
  );
}

const key = (one) => `${one.session.id}/${one.item.slot}/${one.index}`;
const domId = (one) => `s-${one.item.slot}-${one.index}`.replace(/\W/g, "-");

function said(values) {
  const weight = values.weight === null ? "" : `${values.weight} ${values.weight_unit || unit()} × `;
  const done = values.seconds ? `${values.seconds} s` : `${values.reps ?? "?"}${weight ? "" : " reps"}`;
  return `${weight}${done}${values.rir === null ? "" : ` · RIR ${values.rir}`}`;
}

function row(one) {
  const { kept, values, name } = one;
  const change = () => {
    open = { key: key(one), values: { ...values } };
    redraw();
  };
  const mark = !kept ? "" : kept.refused ? "Not accepted" : kept.waits ? "Kept here" : "Logged";
  const end = ENDS.find(([id]) => id && id === values.end_reason)?.[1];
  return [
    button(
      [h("span", { class: "small quiet" }, name), h("b", {}, said(values)), end && h("span", { class: "small" }, end)],
      change,
      "numbers-of",
      { id: `${domId(one)}-change`, "aria-label": `${name}, ${said(values)}. Change` },
    ),
    kept
      ? h("span", { class: `mark${kept.refused ? " bad" : ""}` }, mark)
      : button("Log", () => log(one, values), "log", {
          id: `${domId(one)}-log`,
          "aria-label": `Log ${name} as ${said(values)}`,
        }),
  ];
}

function editor(one) {
  const values = open.values;
  const field = (name, label, step) => {
    const input = h("input", {
      id: `${domId(one)}-${name}`,
      inputmode: "decimal",
      value: values[name] ?? "",
      oninput: (event) => {
        const typed = Number(event.target.value.replace(",", "."));
        values[name] = event.target.value === "" || !Number.isFinite(typed) ? null : typed;
      },
    });
    const by = (sign) => () => {
      values[name] = Math.max(0, (values[name] ?? 0) + sign * step);
      input.value = values[name];
    };
    return h(
      "div",
      { class: "field" },
      h("label", { for: input.id, class: "small quiet" }, label),
      h(
        "div",
        {},
        button("−", by(-1), "plain", { "aria-label": `${label} less` }),
        input,
        button("+", by(1), "plain", { "aria-label": `${label} more` }),
      ),
    );
  };
  const ends = ENDS.map(([id, words]) =>
    button(words, () => ((values.end_reason = id), redraw()), "chip", {
      id: `${domId(one)}-end-${id || "planned"}`,
      "aria-pressed": String((values.end_reason || "") === id),
    }),
  );
  return h(
    "div",
    { class: "editor" },
    h("b", {}, one.name),
    field("weight", `Weight, ${unit()}`, unit() === "lb" ? 5 : 2.5),
    one.target.seconds ? field("seconds", "Seconds", 5) : field("reps", "Reps", 1),
    field("rir", "RIR", 1),
    h("div", { class: "chips", role: "group", "aria-label": "How it ended" }, ends),
    h(
      "div",
      { class: "two" },
      button("Close", () => ((open = null), redraw()), "plain"),
      button(one.kept ? "Save" : "Log", () => log(one, values), "main", { id: `${domId(one)}-save` }),
    ),
  );
}

function log(one, values) {
  const { session, item, target, index, kept } = one;
  const whole = (value) => (value === null || value === undefined ? null : Math.round(value));
  if (whole(values.reps) === null && whole(values.seconds) === null) return say("How many reps?");
  const body = {
    session_id: session.id,
    exercise_id: item.prescription.exercise.id,
    slot: item.slot,
    set_index: index,
    kind: target.kind === "warmup" ? "warmup" : "work",
    reps: whole(values.reps),
    seconds: whole(values.seconds),
    weight: values.weight,
    weight_unit: unit(),
    rir: values.rir,
    end_reason: values.end_reason || "",
    prescription_hash: item.hash,
    ...(kept?.rev && { rev: kept.rev }),
    ...moment(),
  };
  try {
    replaceWaiting(kept);
    outbox.put("set", `/v1/sets/${kept?.id || newId()}`, body);
  } catch {
    return say("This phone is full, so the set was not kept. Free some room and log it again.");
  }
  open = null;
  say(`${one.name} logged.`);
  redraw();
  if (body.end_reason === "pain") hurts.start(lift(session, item, index));
}

// A set changed before it went out is one set, not two.
function replaceWaiting(kept) {
  if (!kept?.waits) return;
  const old = outbox.waiting("set").find((each) => each.path.endsWith(kept.id));
  if (old) outbox.drop(old.id);
}

// What a report says about the exercise it was felt in: by default the set logged last.
export function lift(session, item, index = null) {
  const { exercise } = item.prescription;
  const done = logged(session, item.slot);
  const at = index ?? (done.size ? Math.max(...done.keys()) : null);
  const row = done.get(at);
  const weight = row?.weight ?? null;
  return {
    name: exercise.name,
    pattern: exercise.pattern,
    session: session.id,
    said: {
      exercise: exercise.id,
      ...(row && { set_index: at, reps: row.reps }),
      ...(weight !== null && { kg: row.weight_unit === "lb" ? Math.round(weight * LB * 10) / 10 : weight }),
      ...(row && row.rir !== null && { rir: Math.round(row.rir) }),
    },
  };
}
