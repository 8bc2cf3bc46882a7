// What a coach has allowed the phone to do at once, without signal (ruling 3).

import { judge } from "./judging.js";
import { readReport, replies } from "./said.js";
import { days, index } from "./words.js";

// grant: {way: "down", option, places, exercises, classes, most_pain, until} with a report, or
// {way: "up", ladder, rung, rungs, since, until} with the exposures since then. known as for
// judge, and {today, open_levels}. Returns {allowed, because: [why not]}; in doubt it is not.
export function preauthorised(rules, grant, report, lastSyncAt, now, known) {
  const { grant: limits } = rules.phone;
  const ago = lastSyncAt ? (Date.parse(now) - Date.parse(lastSyncAt)) / 1000 : -1;
  const against = {
    expired: known.today > grant.until,
    not_synced: !(ago >= 0 && ago <= limits.synced_within_s),
    open_report: (known.open_levels ?? []).some((level) => limits.blocking.includes(level)),
    ...(grant.way === "up" ? up(rules, grant, report, known) : down(rules, grant, report, known)),
  };
  const because = Object.keys(against).filter((why) => against[why]);
  return { allowed: !because.length, because };
}

function down(rules, grant, said, known) {
  const ix = index(rules);
  const { grant: limits } = rules.phone;
  const judged = judge(rules, said, known);
  const report = readReport(ix, said);
  const given = replies(ix, report);
  const most = Math.min(grant.most_pain, limits.most_pain);
  const here = ([region, side]) => grant.places.some(([r, s]) => r === region && s === side);
  const warns = Object.values(given).some((reply) => reply !== "no");
  const open = judged.missing.length + judged.due_now.length;
  const sets = [rules.action_sets[judged.action_set]];
  if (open + judged.due_after.length && judged.action_set !== "A5") sets.push(rules.left_open);
  return {
    other_place: !report.places.length || !report.places.every(here),
    other_exercise: !grant.exercises.includes(report.exercise),
    incomplete: open > 0,
    tiles: !report.none || report.tapped.size > 0 || warns,
    pain: judged.sites.some(({ v }) => v === null || v < 1 || v > most),
    effect: !limits.effects.includes(report.effect),
    not_permitted:
      !grant.classes.length || !grant.classes.every((one) => sets.every((set) => set[one] === "yes")),
  };
}

function up(rules, grant, exposures, known) {
  const { grant: limits, ladders } = rules.phone;
  const way = ladders[grant.ladder];
  const here = exposures.filter(({ on }) => on >= grant.since && on <= known.today);
  const calm = (one) => one.worst !== null && one.worst <= limits.calm;
  const clean = (one) => calm(one) && one.morning === "settled" && !one.painkiller;
  const bad = (one) =>
    one.worst >= limits.too_much || one.morning === "overload" || !limits.effects.includes(one.effect);
  const last = here.map(clean).lastIndexOf(false);
  const run = here.length - 1 - last;
  return {
    confirm: way.confirm,
    at_the_top: grant.rung >= grant.rungs,
    trouble: here.some(bad),
    not_clean: run < way.clean || (way.whole_weeks && run < here.length),
    too_soon: days(grant.since, known.today) < way.days,
  };
}
