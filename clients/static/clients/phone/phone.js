// Starts the page, keeps it fresh, shows the screen that the address names.
import * as checkin from "./checkin.js";
import * as contact from "./contact.js";
import * as films from "./films.js";
import * as hurts from "./hurts.js";
import * as messages from "./messages.js";
import * as news from "./news.js";
import * as outbox from "./outbox.js";
import { button, go, h, root, say, show } from "./page.js";
import * as records from "./records.js";
import * as reports from "./reports.js";
import { held, refresh } from "./server.js";
import * as signin from "./signin.js";
import { copy, forget, now, read, signOut, write } from "./store.js";
import * as today from "./today.js";

const EVERY = 3000;
const bar = document.getElementById("bar");
const screenNow = () => location.hash.slice(1);
let prepared = false;

function route(quiet = false) {
  const name = screenNow();
  bar.hidden = !read("token") || name.startsWith("hurts-");
  for (const link of bar.querySelectorAll("a")) {
    link.toggleAttribute("aria-current", link.hash.slice(1) === name);
  }
  if (location.pathname.endsWith("/join/")) return signin.join(name, entered);
  if (!read("token")) return signin.screen(entered);
  const step = name.match(/^hurts-([1-5])$/);
  const report = name.match(/^report-(.+)$/);
  if (step) return quiet || hurts.screen(Number(step[1]));
  if (today.unread()) return today.screen(quiet);
  if (report) return reports.one(report[1], quiet);
  if (name === "messages") return messages.screen(quiet);
  if (name === "news") return news.screen(quiet);
  if (name === "reports") return reports.screen(quiet);
  if (name === "check-in") return checkin.screen(quiet);
  if (name === "films") return films.screen(quiet);
  if (name === "records") return quiet ? records.screen(true) : records.open();
  if (name === "me") return me();
  today.screen(quiet);
}

// The same screen with newer facts, unless somebody is in the middle of a question or of typing.
function refreshScreen() {
  const typing = root.querySelector("textarea")?.value;
  const asking = root.querySelector(".step, form:not(.entry), .editor") || typing;
  if (!asking && screenNow() !== "me") route(true);
}

function entered() {
  prepared = false;
  route();
  fresh();
}

async function fresh() {
  if (!read("token") || document.hidden) return;
  await outbox.flush();
  try {
    const answer = await refresh("today", "/v1/today");
    if (answer.status === 401) return signedOut();
    if (answer.ok || answer.status === 304) copy("copy:synced", now().toISOString());
    if (answer.ok) await refresh("grants", "/v1/grants");
    const talks = screenNow() === "messages" || (answer.ok && messages.unread());
    const talked = talks && (await messages.fetchThread());
    const asks = screenNow() === "news" || (answer.ok && news.unread());
    const newer = asks && (await news.fetchNews());
    if (screenNow() === "films" && (await films.fetchFilms()).ok) films.newer();
    if (answer.ok || talked?.ok || newer?.ok) refreshScreen();
    if (!prepared) {
      prepared = true;
      await prepare();
    }
  } catch {
    prepared = held("me") !== null;
    // no signal: the copy on the screen stays true as of its last fetch
  }
}

// What the five taps need without signal: who we are, the rules, the words of the form.
async function prepare() {
  const wanted = { me: "/v1/me", rules: "/v1/rules", form: "/v1/report-form" };
  const asked = Object.entries(wanted).map(([name, path]) => refresh(name, path));
  await Promise.all([...asked, checkin.fetchForm()]);
  refreshScreen();
}

function signedOut() {
  forget("token");
  route();
  say("You are signed out. What you have logged is still here; sign in to send it.");
}

outbox.listen((what, item, said) => {
  if (what === "signed-out") return signedOut();
  if (what === "refused") say(`Not accepted: ${item.kind}. It stays on this phone.`);
  if (what === "sent" && said) merge(item, said);
  refreshScreen();
  if (what === "sent") fresh();
});

// The answer stands on the screen at once, not with the next poll.
function merge(item, said) {
  const kept = read("copy:today");
  if (!kept) return;
  if (item.kind === "report") {
    kept.body.reports = [said, ...kept.body.reports.filter((each) => each.id !== said.id)];
    const stops = ["emergency", "urgent"].includes(said.level);
    if (stops) kept.body.stop = { report_id: said.id, level: said.level, words: said.words };
    write("accepted", { report: said.id, level: said.level, at: Date.now() });
  } else if (item.kind === "set") {
    const session = kept.body.sessions.find((each) => each.id === said.session_id);
    const row = { ...item.body, id: said.id, rev: said.rev };
    if (session) session.sets = [...session.sets.filter((each) => each.id !== said.id), row];
  } else if (item.kind === "check-in") {
    say("Your check-in is sent.");
    return checkin.fetchForm().then(refreshScreen, () => {});
  } else if (item.kind === "use") {
    if (said.refused.length) say("Your coach looks at it first; your plan stays as written.");
  } else return;
  copy("copy:today", { ...kept, tag: null });
}

function me() {
  const who = held("me");
  const place = who?.coached_in?.[0];
  const waits = outbox.waiting().length;
  const out = async () => {
    await signin.leave();
    signOut();
    go("");
  };
  show([
    h("h1", {}, who?.name || "Me"),
    h(
      "section",
      { class: "card" },
      place && h("p", {}, `${place.practice} · ${place.coaches.join(", ")}`),
      place && h("p", { class: "quiet" }, place.covered ? "When your coach is away, a second coach is told." : "Nobody covers when your coach is away. If something gets worse, get help without waiting."),
      waits ? h("p", {}, `${waits} not sent yet. They stay on this phone and go out when you sign in again.`) : null,
      button("Sign out", out, "plain wide", { id: "out" }),
    ),
    h(
      "nav",
      { class: "card links", "aria-label": "More" },
      h("a", { href: "#check-in" }, "Check in"),
      h("a", { href: "#films" }, "Films of your lifts"),
      h("a", { href: "#records" }, "Bring or take your records"),
    ),
    place && contact.card(me),
    h("p", { class: "small quiet notice" }, held("today")?.notice),
  ]);
}

document.getElementById("hurts").addEventListener("click", () => hurts.start());
addEventListener("hashchange", () => route());
addEventListener("online", () => fresh());
addEventListener("offline", () => refreshScreen());
document.addEventListener("visibilitychange", () => fresh());
addEventListener("storage", (event) => {
  if (["coach.token", "coach.user"].includes(event.key)) entered();
  if (event.key === "coach.ahead") fresh();
});
setInterval(fresh, EVERY);
route();
fresh();
navigator.serviceWorker?.register("/phone/sw.js", { scope: "/phone/" });
