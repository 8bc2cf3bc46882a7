// Films of a lift for the coach: announced, sent in pieces by tus, gone on with after a break.
import { button, h, outcome, show, when } from "./page.js";
import { call, held, refresh, sentence } from "./server.js";
import { forget, newId, read, write } from "./store.js";

const LARGEST = 200 * 1024 * 1024; // as the server says; a larger one is not even read
const PIECE = 512 * 1024;
const LONGEST = 30000;
const STATES = {
  pending: "Not sent whole: choose the same film again to go on",
  uploading: "Not sent whole: choose the same film again to go on",
  processing: "Being made ready",
  ready: "Your coach can see it",
};
const FAILED = { not_a_video: "This is no film we can read" };
const time = (at) => when(at, held("today")?.time_zone, held("today")?.date);
let going = null; // the film on its way: name, size, sent, words
const became = outcome();

export const fetchFilms = () => refresh("films", "/v1/media");
const here = () => location.hash === "#films";

function lifts() {
  const doc = held("today");
  const items = [...(doc?.sessions || []), ...(doc?.coming || [])].flatMap((each) => each.items);
  const found = items.map((item) => item.prescription?.exercise).filter(Boolean);
  return new Map(found.map((each) => [each.id, each.name]));
}

export function screen(quiet) {
  show(
    [
      h("h1", {}, "Films of your lifts"),
      became.shown(),
      going ? onItsWay() : chooser(),
      list(),
      h("p", { class: "small quiet notice" }, held("today")?.notice),
    ],
    { quiet },
  );
}

const list = () => h("ol", { class: "thread", id: "films" }, (held("films")?.items || []).map(line));

// What became of them, beside a form that may be half filled in.
export function newer() {
  document.getElementById("films")?.replaceWith(list());
}

function line(each) {
  const words = STATES[each.state] || FAILED[each.failure] || "It could not be made ready. Film it again.";
  const looked = each.looked_at && `Your coach has looked at it${each.passed === null ? "" : each.passed ? ": passed" : ": not yet"}`;
  const gone = async () => {
    const answer = await call("DELETE", `/v1/media/${each.id}`).catch(() => null);
    became.tell(answer?.ok ? "Taken back." : "It could not be taken back now. Try again with signal.");
    await again();
  };
  return h(
    "li",
    { class: "said" },
    h("p", { class: "small quiet" }, `${each.exercise} · ${time(each.at)}`),
    h("p", {}, looked || words),
    each.note && h("p", { class: "small" }, each.note),
    each.clip_url && h("a", { class: "watch", href: each.clip_url, target: "_blank", rel: "noreferrer", "aria-label": `Watch: ${each.exercise}, ${time(each.at)}` }, "Watch"),
    button("Take back", gone, "plain", { id: `gone-${each.id}`, "aria-label": `Take back: ${each.exercise}, ${time(each.at)}` }),
  );
}

function chooser() {
  const known = [...lifts()];
  if (!known.length) return h("p", { class: "quiet" }, "A film is of a lift of your plan. There is none yet.");
  const lift = h("select", { id: "lift" }, known.map(([id, name]) => h("option", { value: id }, name)));
  const note = h("input", { id: "note", maxlength: "500" });
  const file = h("input", { id: "film", type: "file", accept: "video/mp4,video/quicktime,video/webm", required: true });
  const send = (event) => {
    event.preventDefault();
    start(file.files[0], { exercise_id: lift.value, note: note.value.trim() });
  };
  return h(
    "form",
    { class: "card", onsubmit: send },
    h("label", { for: "lift" }, "Lift"),
    lift,
    h("label", { for: "film" }, "Film, at most a minute"),
    file,
    h("label", { for: "note" }, "What should your coach look at?"),
    note,
    h("button", { class: "main", id: "send" }, "Send"),
  );
}

function onItsWay() {
  const { name, size, sent, words } = going;
  return h(
    "section",
    { class: "card" },
    h("h2", {}, name),
    h("progress", { id: "sent", max: size, value: sent, "aria-label": "Sent of the film" }),
    h("p", { id: "sent-words", class: "small quiet" }, words),
    button("Stop", () => (going.stopped = true), "plain", { id: "stop" }),
  );
}

// The bar moves in its place: nothing is drawn anew under a finger.
function tell(words) {
  going.words = words;
  const bar = document.getElementById("sent");
  if (!bar) return;
  bar.value = going.sent;
  document.getElementById("sent-words").textContent = words;
}

async function again() {
  await fetchFilms().catch(() => null);
  newer();
}

async function start(file, about) {
  if (file.size > LARGEST) return became.tell("This film is larger than 200 MB. Film a shorter one.");
  became.tell("");
  going = { name: file.name, size: file.size, sent: 0, words: "Reading the film …", stopped: false };
  if (here()) screen();
  try {
    became.tell((await send(file, about)) ? "The film is sent." : "Stopped. Choose the same film again to go on.");
  } catch (trouble) {
    became.tell(trouble.message);
  }
  going = null;
  if (here()) screen(true);
  await again();
}

// The same film chosen again goes on where it broke off, under the id it has.
async function send(file, about) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const sha256 = [...digest].map((each) => each.toString(16).padStart(2, "0")).join("");
  const key = `film:${read("user")}:${sha256}`;
  const held = read(key) || { id: newId(), body: { ...about, sha256, size_bytes: file.size, content_type: file.type || "video/mp4" } };
  write(key, held);
  const announced = await patiently(() => call("PUT", `/v1/media/${held.id}`, held.body));
  if (going.stopped) return false;
  if (!announced.ok) {
    forget(key);
    throw new Error(sentence(announced));
  }
  const { upload } = announced.said;
  const whole = !upload || (await pieces(file, upload.url, key));
  if (whole) forget(key);
  return whole;
}

async function pieces(file, url, key) {
  let at = null; // unknown: the server is asked how much it has
  while (at !== file.size) {
    if (going.stopped) return false;
    const asks = at === null;
    const answer = await patiently(() => (asks ? call("HEAD", url, undefined, TUS) : piece(file, url, at)));
    if (going.stopped) return false;
    const arrived = Number(answer.headers.get("Upload-Offset"));
    if (answer.ok) at = arrived;
    else if (answer.status === 409 || answer.status === 423) at = null;
    else if (answer.status === 410) return true;
    else {
      forget(key);
      throw new Error(sentence(answer));
    }
    if (at === null) continue;
    going.sent = at;
    tell(`${Math.round((100 * at) / file.size)} % sent`);
  }
  return true;
}

const TUS = { "Tus-Resumable": "1.0.0" };

const piece = (file, url, at) =>
  call("PATCH", url, file.slice(at, at + PIECE), { ...TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": at });

// Tried until the server answers; no signal only makes it wait.
async function patiently(act) {
  for (let pause = 1000; ; pause = Math.min(LONGEST, pause * 2)) {
    try {
      const answer = await act();
      if (answer.status < 500 && answer.status !== 429) return answer;
    } catch {
      // no signal
    }
    if (going.stopped) return { ok: false, status: 0, said: null, headers: new Headers() };
    tell("Waiting for signal. It goes on by itself.");
    await new Promise((done) => setTimeout(done, pause));
  }
}
