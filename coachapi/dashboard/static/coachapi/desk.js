// The desk's own script: keys, the reading pane, live rows, clocks, the "seen" beacon, one strip
// for a lost line. It has no words: those stand in the pages as data-*.
"use strict";
(() => {
  const $ = (what, where = document) => where.querySelector(what);
  const $$ = (what, where = document) => [...where.querySelectorAll(what)];
  const token = () => $("[name=csrfmiddlewaretoken]")?.value ?? "";
  const shown = (el) => el && el.getClientRects().length > 0;
  const wide = matchMedia("(min-width: 78rem)");

  // ---- seen: a POST from a page that was visible for a second, never a GET
  let seenTimer;
  const watchSeen = () => {
    clearTimeout(seenTimer);
    const page = $("[data-seen]:not([data-seen=''])");
    if (!page || document.hidden) return;
    seenTimer = setTimeout(() => {
      const url = page.dataset.seen;
      page.dataset.seen = "";
      fetch(url, { method: "POST", headers: { "X-CSRFToken": token() } }).catch(() => { page.dataset.seen = url; });
    }, 1000);
  };
  document.addEventListener("visibilitychange", watchSeen);

  // ---- the reading pane: on wide pages a row opens beside the list
  const pane = $("#pane");
  const mark = (link) => {
    $$("#rows [aria-current=true]").filter((a) => a.matches(".who")).forEach((a) => a.removeAttribute("aria-current"));
    link?.setAttribute("aria-current", "true");
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#rows a.who");
    if (!link || !shown(pane) || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const row = link.closest("[data-report]");
    if (!row) return;
    event.preventDefault();
    pane.setAttribute("aria-busy", "true");
    htmx.ajax("GET", link.href, { target: "#pane", swap: "innerHTML" }).then(() => {
      pane.removeAttribute("aria-busy");
      pane.scrollTop = 0;
      mark(link);
      const here = new URL(location);
      here.searchParams.set("open", row.dataset.report);
      history.replaceState(null, "", here);
    });
  });

  // ---- forms: one press, one post; the button keeps its words and its width
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    $$("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
  }));

  // ---- clocks: the words are the page's, only the minutes move
  const ahead = () => { // the server's clock before ours; the demo's may be days ahead
    const el = $$("[data-now]").pop();
    el.dataset.ahead ??= new Date(el.dataset.now) - Date.now();
    return Number(el.dataset.ahead);
  };
  const minutes = (ms) => Math.max(0, Math.round(ms / 60000));
  const unit = (n, name) => new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: name, unitDisplay: "short" }).format(n);
  const tick = () => $$("[data-clock]").forEach((el) => {
    const left = new Date(el.dateTime) - Date.now() - ahead();
    el.classList.toggle("soon", left < 3600000);
    const m = minutes(left);
    if (left <= 0) el.textContent = el.dataset.past;
    else if (m < 60) el.textContent = el.dataset.words.replace("{left}", unit(m, "minute"));
  });

  // ---- live: the list is asked for every 3 s; unchanged is 304
  const rows = $("#rows");
  const held = $(".held");
  let waiting = null;
  let etag = rows ? `"${rows.dataset.mark}"` : "";
  let lostSince = null;
  const say = (where, words) => { const el = $(where); if (el && el.textContent !== words) el.textContent = words; };
  const ids = (where) => new Map($$("[data-report]", where).map((li) => [li.dataset.report, li]));
  const put = (fresh) => {
    const before = ids(rows);
    const focused = document.activeElement?.closest?.("#rows li")?.id;
    const open = $("#rows a.who[aria-current=true]")?.closest("li")?.id;
    rows.replaceChildren(...fresh.childNodes);
    ids(rows).forEach((li, id) => before.has(id) || li.classList.add("fresh"));
    if (open) mark($("a.who", document.getElementById(open) ?? document.createElement("i")));
    if (focused) $("a.who", document.getElementById(focused) ?? document.createElement("i"))?.focus();
    waiting = null;
    held.hidden = true;
    tick();
  };
  const news = (html) => {
    const fresh = document.createElement("div");
    fresh.innerHTML = html;
    const before = ids(rows);
    const added = [...ids(fresh)].filter(([id, li]) => !before.has(id) || before.get(id).dataset.level !== li.dataset.level);
    const grave = added.filter(([, li]) => ["emergency", "urgent"].includes(li.dataset.level));
    if (grave.length || !added.length) {
      put(fresh);
      if (grave.length) say("[data-alert]", held.dataset.grave.replace("{name}", grave[0][1].dataset.name));
      return;
    }
    waiting = fresh;
    const words = added.length === 1 ? held.dataset.one : held.dataset.many.replace("{n}", added.length);
    held.textContent = words;
    held.hidden = false;
    say("[data-status]", words);
  };
  const lost = (yes) => {
    const strip = $(".lost");
    lostSince = yes ? lostSince ?? new Date() : null;
    const long = yes && Date.now() - lostSince > 5000;
    if (long && strip.hidden) {
      const words = $("[data-words]", strip);
      words.textContent = words.dataset.words.replace("{time}", lostSince.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
    }
    strip.hidden = !long;
  };
  const poll = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(rows.dataset.live, { headers: { "If-None-Match": etag }, cache: "no-store", redirect: "error" });
      if (answer.status === 200) { etag = answer.headers.get("ETag"); news(await answer.text()); }
      else if (answer.status !== 304) throw new Error(answer.status);
      lost(false);
    } catch { lost(true); }
  };
  if (rows) {
    setInterval(poll, 3000);
    document.addEventListener("visibilitychange", poll);
    held.addEventListener("click", () => waiting && put(waiting));
    $("[data-try]").addEventListener("click", poll);
  } else {
    const count = $("[data-count]");
    const ask = () => count && !document.hidden && fetch(count.dataset.count).then((a) => (a.ok ? a.text() : "")).then((n) => { count.textContent = n === "0" ? "" : n; }).catch(() => {});
    ask();
    setInterval(ask, 15000);
  }

  // ---- keys: only where they are switched on, never while typing
  const list = () => $$("#rows a.who").filter(shown);
  const step = (by) => {
    const all = list();
    const at = all.indexOf(document.activeElement);
    const from = at < 0 ? all.findIndex((a) => a.ariaCurrent === "true") : at;
    all[Math.min(Math.max(from + by, 0), all.length - 1)]?.focus();
  };
  const press = (what) => $$(what).find(shown)?.click();
  let go = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return press("[data-apply], form.stack > button.primary");
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select");
    if (event.key === "Escape" && !typing && !$("dialog[open]") && $(".back")) return shown($(".back")) ? $(".back").click() : undefined;
    if (!("keys" in document.body.dataset) || typing || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
    if (Date.now() - go < 1500) { go = 0; const to = $(`[data-go="${event.key}"]`); if (to) { event.preventDefault(); to.click(); } return; }
    const number = /^Digit([1-3])$/.exec(event.code)?.[1];
    const acts = {
      j: () => step(1), k: () => step(-1), o: () => document.activeElement.matches?.("a.who") && document.activeElement.click(),
      g: () => { go = Date.now(); }, ".": () => waiting && put(waiting), a: () => press("[data-key=a], [data-have]"),
      z: () => press("[data-key=z]"), w: () => $("[data-key=w]")?.focus(), "?": () => $("#keys").showModal(),
    };
    const act = number && !event.shiftKey ? () => press(`[data-number="${number}"]`) : acts[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // ---- small things
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) event.target.closest(".receipt").hidden = true;
    if (event.target.matches("[data-select]")) event.target.select();
  });
  document.addEventListener("htmx:afterSwap", () => { tick(); watchSeen(); });
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));
  $$("[data-dismiss]").forEach((button) => { button.hidden = false; });
  ($("#errors") ?? $("#refusal"))?.focus();
  tick();
  setInterval(tick, 15000);
  watchSeen();
})();
