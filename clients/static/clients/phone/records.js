// Bringing along what was trained with another app, and taking everything away.
import { button, h, outcome, show } from "./page.js";
import { call, download, held, sentence } from "./server.js";
import { newId, zone } from "./store.js";

const EVERY = 1500;
const SOURCES = { strong: "Strong", hevy: "Hevy" };
let file = null; // the file as the server read it
let busy = false;
const became = outcome();

const here = () => location.hash === "#records";
const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
const redraw = () => here() && screen();

export function screen(quiet) {
  show(
    [
      h("h1", {}, "Your records"),
      became.shown(),
      file ? (file.state === "read" ? preview() : running()) : chooser(),
      h(
        "section",
        { class: "card" },
        h("h2", {}, "Take everything along"),
        h("p", { class: "quiet" }, "All you have said, done and been told. Yours at any time."),
        button("One file (JSON)", () => take("/v1/export", "mine.json"), "plain", { id: "json" }),
        button("Tables (CSV in a ZIP)", () => take("/v1/export/csv", "mine.zip"), "plain", { id: "csv" }),
      ),
      h("p", { class: "small quiet notice" }, held("today")?.notice),
    ],
    { quiet },
  );
}

async function take(path, name) {
  became.tell("Fetching it …");
  const answer = await download(path, name).catch(() => null);
  became.tell(answer?.ok ? `${name} is on this phone.` : "It could not be fetched now. Try again with signal.");
}

function chooser() {
  const input = h("input", { id: "file", type: "file", accept: ".csv,text/csv", required: true });
  const send = async (event) => {
    event.preventDefault();
    if (busy) return;
    const text = await input.files[0].text();
    await asked(() => call("PUT", `/v1/imports/${newId()}`, { text, zone }));
  };
  return h(
    "form",
    { class: "card", onsubmit: send },
    h("h2", {}, "Bring what you trained before"),
    h("label", { for: "file" }, "A CSV file that Strong or Hevy exports"),
    input,
    h("button", { class: "main", id: "send" }, "Read it"),
    h("p", { class: "small quiet" }, "You see first what it would bring."),
  );
}

// One request at a time; what comes back is the file as it stands.
async function asked(act) {
  busy = true;
  const answer = await act().catch(() => null);
  busy = false;
  if (!answer?.ok) return became.tell(answer ? sentence(answer) : "No signal. Try again.");
  became.tell("");
  file = { ...file, ...answer.said };
  redraw();
  return true;
}

function preview() {
  const meant = new Map();
  const bring = async (event) => {
    event.preventDefault();
    if (busy) return;
    const unit = new FormData(event.target).get("unit");
    const exercises = Object.fromEntries([...meant].map(([name, choice]) => [name, choice.value || null]));
    if (await asked(() => call("POST", `/v1/imports/${file.id}/start`, { unit, exercises }))) follow();
  };
  const fresh = file.sets - file.already_here;
  return h(
    "form",
    { class: "card", onsubmit: bring },
    h("h2", {}, `${SOURCES[file.source] || file.source}: ${many(file.sets, "set")}`),
    h("p", { class: "quiet" }, file.first_on && `${file.first_on} to ${file.last_on}`, file.already_here ? ` · ${file.already_here} are here already` : ""),
    file.faulty ? h("details", {}, h("summary", {}, `Cannot be read and stays out: ${many(file.faulty, "line")}`), h("ul", { class: "small" }, file.faults.map((each) => h("li", {}, `Line ${each.line}: ${each.words}`)))) : null,
    file.unit_missing && h("fieldset", { class: "chips" }, h("legend", {}, "The file does not say: weights are in"), ["kg", "lb"].map((one) => h("label", { class: "chip" }, h("input", { type: "radio", name: "unit", value: one, required: true }), ` ${one}`))),
    file.exercises.map((each, at) => {
      const choice = h("select", { id: `means-${at}` }, h("option", { value: "" }, "Keep the file's name"), each.like.map((one) => h("option", { value: one.id, selected: one.id === each.exercise_id }, one.name)));
      meant.set(each.name, choice);
      return h("div", { class: "field-of" }, h("label", { for: choice.id }, `${each.name} (${each.sets})`), choice);
    }),
    h("button", { class: "main", id: "bring" }, `Bring ${many(fresh, "set")}`),
    button("Another file", () => ((file = null), redraw()), "plain", { id: "other" }),
  );
}

function running() {
  const done = file.state === "done";
  return h(
    "section",
    { class: "card" },
    h("h2", {}, done ? "Brought along" : "Bringing it along …"),
    h("progress", { max: file.total || 1, value: done ? file.total || 1 : file.done, "aria-label": "Sets brought along" }),
    h("p", { class: "quiet", role: "status" }, `${file.done} of ${many(file.total, "set")}`),
    done && button("Another file", () => ((file = null), redraw()), "plain", { id: "other" }),
  );
}

async function follow() {
  while (file && file.state !== "done") {
    await new Promise((done) => setTimeout(done, EVERY));
    if (file && here()) await asked(() => call("GET", `/v1/imports/${file.id}`));
    else if (file) return; // looked at again when the screen is opened
  }
}

// Opened again while it runs: go on looking.
export function open() {
  screen();
  if (file && file.state === "running") follow();
}
