// What a coach allowed beforehand: judged on the phone by the shared rules, used at once, also
// without signal. It is provisional until a coach confirms; the server judges it again.
import { judge, preauthorised } from "../rules/evaluator.js";
import * as outbox from "./outbox.js";
import { button, go, h } from "./page.js";
import { held } from "./server.js";
import { moment, newId, now, read } from "./store.js";

const grants = () => held("grants")?.items || [];
const used = (report) => outbox.waiting("use").find((item) => item.after === report.id);
const today = () => now().toISOString().slice(0, 10);

// The report as it was said, with every answer given since.
function said(report) {
  const kept = read(`copy:said:${report.id}`);
  if (!kept?.body) return null;
  const flags = kept.body.red_flags;
  return { ...kept.body, red_flags: { ...flags, answers: { ...flags.answers, ...kept.answers } } };
}

function known(report) {
  const others = (held("today")?.reports || []).filter((each) => each.open && each.id !== report.id);
  return {
    ...held("grants").known,
    on: report.performed_at.slice(0, 10),
    at: report.performed_at,
    today: today(),
    open_levels: others.map((each) => each.level),
  };
}

function fitting(report) {
  const rules = held("rules");
  const body = said(report);
  if (!rules || !body) return null;
  return grants().find(
    (grant) =>
      grant.way === "down" &&
      !grant.why_not &&
      preauthorised(rules, grant, body, read("copy:synced"), moment().performed_at, known(report)).allowed,
  );
}

// Questions that a report without signal still leaves open, by the rules on this phone.
export function left(report) {
  const rules = held("rules");
  const body = said(report);
  if (!rules || !body || !held("grants")?.items.length) return [];
  const judged = judge(rules, body, known(report));
  return [...judged.due_now, ...judged.due_after];
}

export function card(report) {
  if (used(report)) return null;
  const grant = fitting(report);
  if (!grant) return null;
  return h(
    "section",
    { class: "allowed" },
    h("h3", {}, `${grant.given_by} has allowed: ${grant.title}`),
    h("p", { class: "small" }, `${grant.because || ""} It holds until your coach confirms it.`),
    button("Use it now", () => use(grant, report), "main", { id: `use-${report.id}` }),
  );
}

function use(grant, report) {
  const body = { ...moment(), report_id: report.id, synced_at: read("copy:synced") };
  outbox.put("use", `/v1/grants/${grant.id}/uses/${newId()}`, body, report.id);
  go(`report-${report.id}`);
}

// The next rung of a change, while every check is clean.
export function climbs() {
  const rules = held("rules");
  if (!rules) return [];
  return grants()
    .filter((grant) => grant.way === "up" && !grant.why_not)
    .filter((grant) => !outbox.waiting("use").some((item) => item.path.includes(grant.id)))
    .filter((grant) => {
      const open = (held("today")?.reports || []).filter((each) => each.open);
      const about = { today: today(), open_levels: open.map((each) => each.level) };
      return preauthorised(rules, grant, grant.exposures, read("copy:synced"), moment().performed_at, about).allowed;
    })
    .map((grant) => {
      const up = () => {
        const body = { ...moment(), report_id: null, synced_at: read("copy:synced") };
        outbox.put("use", `/v1/grants/${grant.id}/uses/${newId()}`, body);
        go("");
      };
      return h(
        "section",
        { class: "card" },
        h("h2", {}, "You may take the next step back"),
        h("p", {}, `Step ${grant.rung + 1} of ${grant.rungs}, as ${grant.given_by} allowed.`),
        button("Step up", up, "main", { id: `up-${grant.id}` }),
      );
    });
}

const grantOf = (item) => grants().find((grant) => item.path.includes(grant.id));

// What the state of a report says of it.
export function line(report) {
  const item = used(report);
  const grant = item && grantOf(item);
  return grant && h("li", { class: "now" }, `On this phone: ${grant.title}, until ${grant.given_by} confirms it`);
}

// A session as the phone shows it while a use waits to be sent.
export function shown(session) {
  for (const item of outbox.waiting("use")) {
    const changed = grantOf(item)?.sessions?.find((each) => each.id === session.id);
    if (changed && session.state === "planned") return { ...session, items: changed.items };
  }
  return session;
}

