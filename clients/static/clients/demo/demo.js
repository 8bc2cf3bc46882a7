// The demo around phone and desk: signs both in, sets the clock ahead, measures what lies between.
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

const show = (frame, address) => (frame.src = address);

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
  show(phone, "/phone/");
  if (phone.contentWindow && changed) phone.contentWindow.location.reload();
}

async function signInCoach(email) {
  await post(page.signIn, { email });
  page.coach = email;
  show(desk, "/desk/");
}

function setClock(milliseconds) {
  page.ahead = milliseconds;
  localStorage.setItem("coach.ahead", JSON.stringify(Number(milliseconds)));
}

function tell() {
  const now = new Date(Date.now() + Number(page.ahead));
  const words = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  element("now").textContent = now.toLocaleString("en-GB", words).replace(",", "");
  element("now").dateTime = now.toISOString();
  const days = Number(page.ahead) / 86400000;
  for (const button of document.querySelectorAll("[data-to^='day:']")) {
    button.disabled = days >= Number(button.dataset.to.slice(4)); // the clock never goes back
  }
}

let watched = null;

function watch() {
  const told = JSON.parse(localStorage.getItem("coach.accepted") || "null");
  if (!told || told.report === watched?.report) return;
  watched = { ...told, done: false };
  element("watch").className = "watch runs";
  element("what").textContent = "on its way to the desk";
}

function stands(report) {
  const found = desk.contentDocument?.querySelector(`main [href*="${report}"], main [data-report="${report}"], main [id*="${report}"]`);
  return Boolean(found && found.getClientRects().length);
}

function tick() {
  tell();
  if (!watched || watched.done) return;
  const seconds = (Date.now() - watched.at) / 1000;
  element("seconds").textContent = `${seconds.toFixed(1)} s`;
  if (stands(watched.report)) {
    watched.done = true;
    element("watch").className = "watch stood";
    element("what").textContent = "until it stood on the desk";
  }
}

for (const button of document.querySelectorAll("[data-to]")) {
  button.addEventListener("click", async () => {
    try {
      setClock((await post(page.clock, { to: button.dataset.to, email: element("client").value })).ahead_ms);
      tell();
      desk.contentWindow.location.reload();
      trouble("");
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
  setClock(page.ahead);
  watched = JSON.parse(localStorage.getItem("coach.accepted") || "null");
  if (watched) watched.done = true; // an earlier visit's
  const known = [...element("client").options].map((option) => option.value);
  const last = JSON.parse(localStorage.getItem("coach.demo-client") || "null");
  if (known.includes(last)) element("client").value = last;
  if ([...element("coach").options].some((option) => option.value === page.coach)) element("coach").value = page.coach;
  if (!localStorage.getItem("coach.demo-seen")) element("about").showPopover();
  localStorage.setItem("coach.demo-seen", "true");
  await signInCoach(element("coach").value);
  await signInClient(element("client").value);
}

setInterval(tick, 100);
begin().catch((error) => trouble(error.message));
