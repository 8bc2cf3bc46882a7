// The demo around phone and desk: signs both in, sets the clock ahead, measures what lies between.
const JOINS_AFTER = 8; // seconds
const page = document.body.dataset;
const element = (id) => document.getElementById(id);
const phone = element("phone");
const desk = element("desk");
const trouble = (words) => (element("trouble").textContent = words);

async function post(path, fields) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "X-CSRFToken": page.csrf, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.detail || `The server answered ${answer.status}.`);
  if (said.csrf) page.csrf = said.csrf; // it changes with every sign-in
  return said;
}

async function signInClient(email) {
  const { token, user } = await post(page.signIn, { email });
  const mine = (name, value) => localStorage.setItem(`coach.${name}`, JSON.stringify(value));
  const changed = localStorage.getItem("coach.user") !== JSON.stringify(user);
  if (changed) {
    for (const key of Object.keys(localStorage)) if (key.startsWith("coach.copy:")) localStorage.removeItem(key);
  }
  mine("user", user);
  mine("token", token);
  mine("demo-client", email);
  if (!phone.src) phone.src = "/phone/"; // later it hears of the other person by itself
}

async function signInCoach(email) {
  await post(page.signIn, { email });
  page.coach = email;
  desk.src = "/desk/";
}

const kept = (name) => JSON.parse(localStorage.getItem(`coach.${name}`) || "null");
const now = () => new Date(Date.now() + (kept("ahead") || 0));

// The clock's own address takes the phone's token; the phone is told how far ahead the time is.
async function clock(minutes = null) {
  const answer = await fetch(page.clock, {
    method: minutes === null ? "GET" : "POST",
    credentials: "omit",
    headers: { Authorization: `Bearer ${kept("token")}`, "Content-Type": "application/json" },
    body: minutes === null ? undefined : JSON.stringify({ minutes }),
  });
  if (!answer.ok) throw new Error("The clock could not be set. Reload this page.");
  const ahead = (await answer.json()).ahead_seconds * 1000;
  localStorage.setItem("coach.ahead", JSON.stringify(ahead));
  tell();
}

// Minutes to go for a button: 07:00 of the client's next day, so many days on, or day n from today.
function minutesTo(step) {
  const [kind, days] = step.split(":");
  if (kind === "plus") return Number(days) * 1440;
  if (kind === "day") return Math.max(0, Number(days) * 1440 - (kept("ahead") || 0) / 60000);
  const zone = kept("copy:today")?.body.time_zone;
  const clock = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const [hour, minute] = now().toLocaleTimeString("en-GB", clock).split(":").map(Number);
  return 1440 - hour * 60 - minute + 7 * 60;
}

function tell() {
  const at = now();
  const zone = kept("copy:today")?.body.time_zone;
  const words = { timeZone: zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  element("now").textContent = at.toLocaleString("en-GB", words).replace(",", "");
  element("now").dateTime = at.toISOString();
  const days = (kept("ahead") || 0) / 86400000;
  for (const button of document.querySelectorAll("[data-to^='day:']")) {
    button.disabled = days >= Number(button.dataset.to.slice(4)); // the clock never goes back
  }
}

let watched = null;

function watch() {
  const told = kept("accepted");
  if (!told || told.report === watched?.report) return;
  watched = { ...told, done: false };
  element("watch").className = "watch runs";
  element("what").textContent = "on its way to the desk";
}

// The desk holds new rows back until somebody presses Show: here the demo presses it.
function stands(report) {
  const shown = desk.contentDocument;
  const row = shown?.querySelector(`[data-report="${report}"]`);
  if (!row?.getClientRects().length) {
    shown?.querySelector("button.held:not([hidden])")?.click();
    return false;
  }
  row.scrollIntoView({ block: "nearest" });
  return true;
}

// Said again within the day it joins the row that stands there already (the rules' own doing).
function joins(seconds) {
  const name = element("client").selectedOptions[0].dataset.name;
  return seconds > JOINS_AFTER && desk.contentDocument?.querySelector(`[data-name="${name}"]`);
}

function tick() {
  tell();
  if (!watched || watched.done) return;
  const seconds = (Date.now() - watched.at) / 1000;
  const there = stands(watched.report);
  if (!there && !joins(seconds)) {
    element("seconds").textContent = `${seconds.toFixed(1)} s`;
    return;
  }
  watched.done = true;
  element("watch").className = "watch stood";
  element("seconds").textContent = there ? `${seconds.toFixed(1)} s` : "+ 1";
  element("what").textContent = there ? "until it stood on the desk" : "joined the row that is there";
}

for (const button of document.querySelectorAll("[data-to]")) {
  button.addEventListener("click", async () => {
    try {
      trouble("");
      await clock(minutesTo(button.dataset.to));
      desk.src = "/desk/"; // where what has come due stands
    } catch (error) {
      trouble(error.message);
    }
  });
}

const guarded = (act) => async (event) => {
  try {
    trouble("");
    await act(event.target.value);
  } catch (error) {
    trouble(error.message);
  }
};
element("client").addEventListener("change", guarded(signInClient));
element("coach").addEventListener("change", guarded(signInCoach));
addEventListener("storage", (event) => event.key === "coach.accepted" && watch());

async function begin() {
  watched = kept("accepted");
  if (watched) watched.done = true; // an earlier visit's
  const known = [...element("client").options].map((option) => option.value);
  const last = kept("demo-client");
  if (known.includes(last)) element("client").value = last;
  if ([...element("coach").options].some((option) => option.value === page.coach)) element("coach").value = page.coach;
  await signInCoach(element("coach").value);
  await signInClient(element("client").value);
  await clock();
}

setInterval(tick, 100);
begin().catch((error) => trouble(error.message));
