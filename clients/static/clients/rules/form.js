// Which questions are due: tiles and questions on the form, add-ons after the session.

import {
  answerWords, anywhere, covers, fieldWords, forAll, holdsAll, holdsAny, index, inOrder, profileWords, stale,
} from "./words.js";

// asked: {places: [[region, side]], profile, on: "2026-03-02", at: instant, last_asked: {region:
// instant}, pain, answers, quality, timing, spread}. `now` and the tiles belong on the form,
// `addons` after the session; `facts` = the profile's "still the same?" is due.
export function due(rules, asked) {
  const ix = index(rules);
  const { places, profile, on, at, last_asked: last = {}, pain = null, answers = {} } = asked;
  const said = [...answerWords(answers), ...fieldWords(asked)];
  const words = new Set([...said, ...profileWords(rules, profile, on)]);
  const tiles = rules.tiles
    .filter((tile) => holdsAll(words, tile.ask_if) && forAll(ix, tile.shown_for, places))
    .map(({ id, title, questions }) => ({
      id,
      title,
      questions: questions.filter((q) => forAll(ix, ix.questions.get(q).shown_for, places)),
    }));
  const now = new Set(places.flatMap(([region]) => ix.regions.get(region).always));
  const after = new Set();
  for (const rule of rules.dues) {
    if (holdsAny(words, rule.some) && anywhere(ix, rule.regions, places)) {
      rule.questions.forEach((id) => (rule.now ? now : after).add(id));
    }
  }
  const hours = (instant) => (Date.parse(at) - Date.parse(instant)) / 3600000;
  for (const place of places) {
    const since = last[place[0]] ? hours(last[place[0]]) : null;
    const first = since === null || since <= 0 || since > rules.limits.ask_again_hours;
    if (!first && !(pain !== null && pain >= rules.limits.ask_from_pain)) continue;
    for (const one of rules.questions) {
      const bare = one.tile === null && !one.opens.length && holdsAll(words, one.ask_if);
      if (bare && covers(ix, one.shown_for, place)) after.add(one.id);
    }
  }
  const opened = rules.questions.filter(
    (one) => one.opens.length && holdsAll(words, one.opens) && holdsAll(words, one.ask_if)
  );
  const onForm = new Set(now);
  for (const one of opened) {
    const parents = one.opens.map((word) => word.split("=")[0]);
    const first = parents.some((id) => onForm.has(id) || ix.questions.get(id)?.tile);
    (first ? now : after).add(one.id);
  }
  const behind = new Set(tiles.flatMap((tile) => tile.questions));
  const still = (ids, ...less) => inOrder(ix, new Set([...ids].filter((id) => !less.some((s) => s.has(id)))));
  return {
    tiles,
    now: still(now, behind),
    addons: still(after, now, behind),
    facts: stale(rules, profile, on),
  };
}
