// A report from the body as the phone sends it. What no level depends on for the worse is not
// read here: exercise but its id, changes, checklist, source, zone, times.

const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// Nothing is refused; what cannot be read is named, and keeps a report incomplete.
function reader(raw, path = "", unread = []) {
  const refuse = (key) => void unread.push((path + key).slice(0, 80));
  const read = (key, fits) => {
    const value = raw[key] ?? null;
    if (value === null || fits(value)) return value;
    refuse(key);
    return null;
  };
  const self = {
    raw,
    unread,
    refuse,
    of(value, key) {
      if (!isMap(value)) refuse(key);
      return reader(isMap(value) ? value : {}, `${path}${key}.`, unread);
    },
    sub: (key) => self.of(raw[key] ?? {}, key),
    items: (key) => read(key, Array.isArray) ?? [],
    word: (key, known) => read(key, (value) => known.includes(value)),
    words(key, known) {
      const bad = (word, place) => !known.includes(word) && !refuse(`${key}.${place}`);
      return new Set(self.items(key).filter((word, place) => !bad(word, place)));
    },
    whole: (key, least, most) =>
      read(key, (value) => Number.isInteger(value) && value >= least && value <= most),
    flag: (key) => read(key, (value) => typeof value === "boolean"),
  };
  return self;
}

export const VALUES = ["worst", "now", "before", "rest", "next_morning"];

function readSite(ix, row) {
  const place = ix.regions.get(row.raw.region);
  if (!place || typeof row.raw.region !== "string") {
    row.refuse("region");
    return [];
  }
  if (!place.tappable) row.refuse("region");
  const { side } = row.raw;
  const sides = place.sides.filter((one) => one === side || (side === "bilateral" && one !== "midline"));
  if (!sides.length) row.refuse("side");
  const site = { region: place.id };
  for (const name of VALUES) site[name] = row.whole(`pain_${name}`, 0, 10);
  row.word("morning_feel", ix.rules.words.feels);
  site.dulled = row.flag("morning_painkiller") === true;
  return (sides.length ? sides : place.sides.slice(0, 1)).map((one) => ({ ...site, side: one }));
}

function joined(sites) {
  const kept = new Map();
  for (const site of sites) {
    const key = `${site.region} ${site.side}`;
    const known = kept.get(key);
    if (known) {
      for (const name of VALUES) {
        const both = [known[name], site[name]].filter((value) => value !== null);
        known[name] = both.length ? Math.max(...both) : null;
      }
      known.dulled ||= site.dulled;
    } else kept.set(key, { ...site });
  }
  return [...kept.values()];
}

export function readReport(ix, said) {
  const { words, phone } = ix.rules;
  const from = reader(isMap(said) ? said : {});
  const flags = from.sub("red_flags");
  const report = { kind: from.word("kind", phone.kinds) ?? "symptom" };
  const rows = from.items("regions").map((row, place) => readSite(ix, from.of(row, `regions.${place}`)));
  report.sites = joined(rows.flat());
  report.timing = from.words("timing", words.timings);
  report.effect = from.word("effect", words.effects);
  const answers = flags.sub("answers");
  report.answers = {};
  for (const id of Object.keys(answers.raw)) {
    const question = ix.questions.get(id);
    const reply = answers.word(id, question ? ["no", ...Object.keys(question.weights)] : []);
    if (reply !== null) report.answers[id] = reply;
  }
  report.none = flags.flag("none_of_these") === true;
  report.shown = flags.words("tiles_shown", [...ix.tiles]);
  report.tapped = flags.words("tiles_tapped", [...ix.tiles]);
  report.onset = from.word("onset", Object.keys(words.onset_least_days));
  from.flag("injury_event");
  report.quality = from.words("quality", words.qualities);
  const open = (from.raw.aggravators ?? null) === null;
  report.aggravators = open ? null : from.words("aggravators", words.aggravators);
  report.spread = from.word("spread", words.spreads);
  const medicine = from.sub("medication");
  const kind = medicine.word("kind", words.medicines);
  report.dulled = medicine.flag("taken_within_8h") === true;
  medicine.whole("days_of_7", 0, 7);
  report.painkiller = phone.painkillers.includes(kind) || report.dulled;
  report.exercise = from.raw.exercise?.exercise ?? null;
  const sore = from.sub("soreness");
  report.sore = { hours: sore.whole("hours_after", 0, 1000) };
  for (const name of ["eases_on_moving", "muscle_trained", "new_or_more_sets"]) {
    report.sore[name] = sore.flag(name) === true;
  }
  report.unread = [...new Set(from.unread)];
  report.places = report.sites.map((site) => [site.region, site.side]);
  return report;
}

// "none of these" answers every tile shown and not tapped; an absent answer is never a no.
export function replies(ix, report) {
  const given = { ...report.answers };
  const tapped = new Set(report.tapped);
  for (const [id, reply] of Object.entries(given)) {
    if (reply !== "no" && ix.questions.get(id).tile) tapped.add(ix.questions.get(id).tile);
  }
  for (const tile of report.none ? ix.rules.tiles : []) {
    if (!report.shown.has(tile.id) || tapped.has(tile.id)) continue;
    for (const id of tile.questions) given[id] ??= "no";
  }
  if (report.spread === "both_legs") given.L5 = "yes";
  return given;
}
