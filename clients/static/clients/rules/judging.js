// The level of a report as far as a phone can tell; see clients/domain/floor.py for what that is.

import { due } from "./form.js";
import { readReport, replies, VALUES } from "./said.js";
import {
  age, answerWords, covers, fieldWords, holdsAll, holdsAny, index, inOrder, profileWords, standing,
} from "./words.js";

const counted = (value, dulled) => (dulled && value >= 1 ? Math.min(10, value + 2) : value);

function valueOf(report, site) {
  const known = VALUES.filter((name) => site[name] !== null);
  const values = known.map((name) =>
    counted(site[name], report.dulled || (name === "next_morning" && site.dulled))
  );
  return values.length ? Math.max(...values) : null;
}

function isSore(ix, report, given, values, form) {
  const { soreness: rule } = ix.rules.limits;
  const { sore, places } = report;
  const has = (region, side) => places.some(([r, s]) => r === region && s === side);
  const muscle = ([region, side]) => {
    const both = has(region, "left") && has(region, "right");
    if (rule.back.includes(region)) return both && side !== "midline";
    const known = rule.muscles.includes(region) || ix.rules.groups.thigh.includes(region);
    return known && (both || sore.muscle_trained);
  };
  const times = sore.hours !== null && sore.hours >= rule.hours[0] && sore.hours <= rule.hours[1];
  const words = holdsAny(report.quality, rule.not_sore) || holdsAny(report.timing, rule.never_when);
  const fits = times && sore.eases_on_moving && sore.new_or_more_sets && !words && report.timing.size > 0;
  const plain = (report.spread ?? "none") === "none" && !report.painkiller && !report.unread.length;
  const mild =
    report.sites.every((site, place) => site.worst !== null && values[place] <= rule.most) &&
    ["none", "eased_load"].includes(report.effect);
  const asked = [...form.tiles.flatMap((tile) => tile.questions), ...form.now];
  const no = asked.every((id) => id in given) && Object.values(given).every((reply) => reply === "no");
  return fits && plain && mild && no && places.length > 0 && places.every(muscle);
}

function siteRows(ix, report, site, v, at) {
  const { bands, limits, phone } = ix.rules;
  const { profile, on, given } = at;
  const effect = report.effect ?? "none";
  const rank = ix.rules.words.effects.indexOf(effect);
  const limited = rank >= ix.rules.words.effects.indexOf("limits_daily_life");
  const stopped = effect === "stopped_exercise";
  const known = v !== null;
  const amber = known && v > bands.green && v <= bands.amber;
  const held = standing(ix.rules, profile, on);
  const open = held.filter((fact) => !(profile.clearances ?? []).includes(fact));
  const rest = site.rest === null ? 0 : counted(site.rest, report.dulled);
  const least = ix.rules.words.onset_least_days;
  const old = (least[report.onset] ?? 0) >= limits.old_days;
  const years = age(profile, on);
  const rows = [];
  const add = (row, level, priority, set, more) => rows.push({ row, level, priority, set, ...more });
  if ((known && v >= bands.refer) || effect === "cannot_use" || rest >= bands.rest_refer)
    add("D04", "refer", "high", "A0");
  if (known && v >= 1 && open.length) add("D06", "refer", "high", "A0");
  if (years !== null && years < 18 && known && v >= limits.hurts_from && old)
    add("D07", "refer", "high", "A0");
  if (!open.length && held.length && v !== 0)
    add("D21", held.includes("clinician_limits") ? "modify" : "monitor", "normal", "A5", { byHand: true });
  if (limits.chest.includes(site.region)) {
    const replied = phone.chest_answers.map((id) => given[id]);
    if (replied.includes(undefined) || report.aggravators === null)
      add("D23", "incomplete", "high", "A0");
    else if (replied.every((r) => r === "no") && holdsAny(report.aggravators, phone.chest_moves))
      add("D23", "modify", "high", "A5", { byHand: true });
    else add("D23", "urgent", "high", "A0");
  }
  if (at.kind === "soreness") return [...rows, { row: "D15", level: "log", priority: "normal", set: "A0" }];
  const hard = effect === "stopped_session" || (stopped && (v ?? 0) >= limits.stop_counts_from);
  if ((known && v > bands.amber) || hard) add("D08", "modify", "high", "A4");
  if (amber && old) add("D10", "modify", "normal", "A2");
  if (limited) add("D11", "modify", "high", "A4");
  else if (stopped && (v ?? 0) < limits.stop_counts_from) add("D11", "modify", "normal", "A2");
  if (amber) add("D12", "monitor", "normal", "A1");
  if (known && v <= bands.green) add("D14", "log", "normal", "A0");
  if (holdsAny(report.quality, ["tingling", "numb"])) add("D17", "modify", "high", "A4");
  if (ix.rules.groups.pelvic.includes(site.region)) add("D24", "monitor", "normal", "A1");
  return rows;
}

// A warning answer with its raises, as D01–D03, or under its own id below refer.
function flagRows(ix, given, words) {
  const named = { emergency: "D01", urgent: "D02", refer: "D03" };
  const weigh = ([level, priority]) => ix.rules.levels.indexOf(level) * 2 + (priority === "high");
  const rows = [];
  for (const [id, reply] of Object.entries(given)) {
    const { weights, raises, shown_for: scope } = ix.questions.get(id);
    if (reply === "no") continue;
    const met = raises.filter(
      (rule) => holdsAll(words, rule.all) && (!rule.any.length || holdsAny(words, rule.any))
    );
    const all = [weights[reply], ...met.map((rule) => rule.to)];
    const [level, priority] = all.reduce((one, other) => (weigh(other) > weigh(one) ? other : one));
    const set = { modify: "A4", monitor: "A1" }[level] ?? "A0";
    if (level !== "log") rows.push({ row: named[level] ?? id, level, priority, set, scope });
  }
  return rows;
}

function heaviest(rules, rows) {
  const rank = (row) => rules.levels.indexOf(row.level);
  const level = rules.levels[Math.max(0, ...rows.map(rank))];
  const counted = rows.filter((row) => row.level === level || level === "incomplete");
  return { level, priority: counted.some((row) => row.priority === "high") ? "high" : "normal" };
}

function actionSet(rules, level, rows) {
  if (!["monitor", "modify"].includes(level)) return "A0";
  if (rows.some((row) => row.byHand)) return "A5";
  return rows.filter((row) => row.level === level).map((row) => row.set).sort().pop();
}

// said: the body of PUT /v1/reports/<id>. known: {profile, on: the session's local date, at: its
// performed_at, last_asked}. `missing` and `due_now` keep it incomplete, `due_after` may wait.
export function judge(rules, said, known) {
  const ix = index(rules);
  const report = readReport(ix, said);
  const given = replies(ix, report);
  const values = report.sites.map((site) => valueOf(report, site));
  const sure = values.filter((value) => value !== null);
  const ask = { ...known, places: report.places, answers: given, timing: report.timing };
  const form = due(rules, {
    ...ask,
    quality: report.quality,
    spread: report.spread,
    pain: sure.length ? Math.max(...sure) : null,
  });
  const kind = kindOf(ix, report, given, values, () => due(rules, { ...ask, last_asked: {} }));
  const hurts = kind === "symptom";
  const asked = [...form.tiles.flatMap((tile) => tile.questions), ...form.now];
  const left = (ids) => (hurts ? inOrder(ix, new Set(ids.filter((id) => !(id in given)))) : []);
  const missing = hurts ? missingParts(rules, report) : [];
  const [dueNow, dueAfter] = [left(asked), left(form.addons)];
  const words = new Set([
    ...answerWords(given),
    ...fieldWords(report),
    ...profileWords(rules, known.profile, known.on),
  ]);
  const common = [];
  if (missing.length || dueNow.length)
    common.push({ row: "D05", level: "incomplete", priority: "normal", set: "A0" });
  else if (dueAfter.length)
    common.push({ row: "D05b", level: "monitor", priority: "normal", set: "A1" });
  const flags = flagRows(ix, given, words);
  const at = { ...known, given, kind };
  const sites = report.sites.map((site, place) => {
    const here = flags.filter(({ scope }) => {
      const fits = report.places.map((one) => covers(ix, scope, one));
      return !fits.includes(true) || fits[place];
    });
    const judged = hurts || kind === "soreness";
    const own = judged ? siteRows(ix, report, site, values[place], at) : [];
    return [...here, ...own];
  });
  if (!sites.length) common.push(...flags);
  const talk = { technique_question: "D19", positive_history: "D20", other: "D20" }[kind];
  if (talk) common.push({ row: talk, level: "log", priority: "normal", set: "A0" });
  const every = [...sites.flat(), ...common];
  const names = (rows) => [...new Set(rows.map((row) => row.row))].sort();
  const found = heaviest(rules, every);
  return {
    ...found,
    rows: names(every),
    sites: sites.map((rows, place) => ({
      region: report.sites[place].region,
      side: report.sites[place].side,
      ...heaviest(rules, [...rows, ...common]),
      v: values[place],
      rows: names([...rows, ...common]),
    })),
    due_now: dueNow,
    due_after: dueAfter,
    missing,
    action_set: actionSet(rules, found.level, every),
  };
}

function kindOf(ix, report, given, values, form) {
  if (report.kind === "symptom") return "symptom";
  if (report.kind === "soreness") {
    return isSore(ix, report, given, values, form()) ? "soreness" : "symptom";
  }
  const pain = report.sites.some((site) => VALUES.some((name) => site[name] >= 1));
  const nerve = holdsAny(report.quality, ["tingling", "numb"]) || (report.spread ?? "none") !== "none";
  const flag = nerve || answerWords(given).length > 0;
  const raised = pain || (report.effect ?? "none") !== "none" || flag || report.unread.length > 0;
  return raised ? "symptom" : report.kind;
}

function missingParts(rules, report) {
  const chest = report.sites.some((site) => rules.limits.chest.includes(site.region));
  const absent = [];
  if (!report.sites.length) absent.push("regions");
  if (!report.timing.size) absent.push("timing");
  if (report.effect === null) absent.push("effect");
  if (chest && report.aggravators === null) absent.push("aggravators");
  for (const site of report.sites) {
    if (site.worst === null) absent.push(`pain_worst.${site.region}.${site.side}`);
  }
  return [...absent, ...report.unread.map((path) => `unreadable.${path}`)];
}
