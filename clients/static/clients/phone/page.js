// Small helpers for building the page; nothing here knows what a report is.
export const root = document.getElementById("app");

export function h(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...inside.flat(3).filter((each) => each || each === 0));
  return made;
}

export const button = (words, act, kind = "", more = {}) =>
  h("button", { type: "button", class: kind, onclick: act, ...more }, words);

// A drawing of our own: the file's root element is used by its id.
export function drawing(file, id, name) {
  const space = "http://www.w3.org/2000/svg";
  const made = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${file}#${id}`);
  made.append(use);
  if (name) made.setAttribute("role", "img");
  made.setAttribute(name ? "aria-label" : "aria-hidden", name || "true");
  return made;
}

// Show a screen. `quiet` keeps focus and place: the same screen with newer facts.
export function show(nodes, { quiet = false } = {}) {
  const id = quiet ? document.activeElement?.id : "";
  root.replaceChildren(...[nodes].flat(3).filter(Boolean));
  if (quiet) return id && document.getElementById(id)?.focus({ preventScroll: true });
  scrollTo(0, 0);
  const title = root.querySelector("h1");
  title?.setAttribute("tabindex", "-1");
  title?.focus();
}

export function say(words) {
  document.getElementById("said").textContent = words;
}

// A line of a screen that says what became of an act; it changes in its place, so that a form
// that is being filled in stays as it is.
export function outcome() {
  let words = "";
  const line = () => document.getElementById("became");
  return {
    shown: () => h("p", { class: "lost", id: "became", hidden: !words }, words),
    tell(said) {
      words = said;
      say(said);
      if (line()) line().textContent = said;
      if (line()) line().hidden = !said;
    },
  };
}

export const go = (screen) => {
  if (location.hash.slice(1) === screen) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = screen;
};

const words = (at, zone, options) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(new Date(at));

export const clock = (at, zone) => words(at, zone, { hour: "2-digit", minute: "2-digit" });

// "Thu 3 Dec"
export const day = (on, zone = "UTC") =>
  words(on, zone, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");

// "13:58", or "Mon 23 Nov 13:58" when it was not today.
export function when(at, zone, today) {
  const same = day(at, zone) === day(today);
  return same ? clock(at, zone) : `${day(at, zone)} ${clock(at, zone)}`;
}
