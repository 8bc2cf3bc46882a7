// Conditions of the rules are words that hold or do not: "L1", "H2=unsure", "quality:numb".

const made = new WeakMap();

export function index(rules) {
  if (!made.has(rules)) {
    made.set(rules, {
      rules,
      regions: new Map(rules.regions.map((one) => [one.id, one])),
      questions: new Map(rules.questions.map((one) => [one.id, one])),
      tiles: new Set(rules.tiles.map((one) => one.id)),
    });
  }
  return made.get(rules);
}

export function covers(ix, scope, [region, side]) {
  return scope.some((entry) => {
    const [name, only] = entry.split("@");
    if (only && only !== side) return false;
    if (name === "all") return true;
    const group = ix.rules.groups[name];
    if (group) return group.includes(region);
    const mine = ix.regions.get(region).leaves;
    return ix.regions.get(name).leaves.some((leaf) => mine.includes(leaf));
  });
}

export const anywhere = (ix, scope, places) => places.some((place) => covers(ix, scope, place));
export const forAll = (ix, scope, places) => scope.includes("all") || anywhere(ix, scope, places);
export const holdsAll = (words, wanted) => wanted.every((word) => words.has(word));
export const holdsAny = (words, wanted) => wanted.some((word) => words.has(word));
export const inOrder = (ix, ids) => [...ix.questions.keys()].filter((id) => ids.has(id));

export function answerWords(answers) {
  const said = Object.entries(answers).filter(([, reply]) => reply !== "no");
  return said.map(([id, reply]) => (reply === "yes" ? id : `${id}=${reply}`));
}

export function fieldWords({ quality = [], timing = [], spread = null }) {
  const words = [...quality].map((word) => `quality:${word}`);
  words.push(...[...timing].map((word) => `timing:${word}`));
  return spread && spread !== "none" ? [...words, `spread:${spread}`] : words;
}

export const days = (from, to) => (Date.parse(to) - Date.parse(from)) / 86400000;

export function age(profile, on) {
  if (!profile.born_on) return null;
  const years = Number(on.slice(0, 4)) - Number(profile.born_on.slice(0, 4));
  return on.slice(5) < profile.born_on.slice(5) ? years - 1 : years;
}

export function stale(rules, profile, on) {
  return !profile.confirmed_on || days(profile.confirmed_on, on) >= rules.phone.same_days;
}

export function profileWords({ phone, ...rules }, profile, on) {
  const years = age(profile, on);
  const old = stale({ phone, ...rules }, profile, on);
  const bones = [profile.weak_bones ?? null, profile.steroids ?? null];
  const asked = !bones.includes(null) && years !== null && !old;
  const fragile = years !== null && years > phone.over;
  const holds = {
    pregnant: profile.pregnant === true,
    over_70: fragile,
    weak_bones: bones[0] === true,
    steroids: bones[1] === true,
    maybe_fragile: !asked && !fragile && !bones.includes(true),
    maybe_cancer: profile.cancer_history !== false || old,
    maybe_under_25: years === null || years < phone.under,
  };
  return Object.keys(holds).filter((name) => holds[name]).map((name) => `profile:${name}`);
}

export function standing(rules, profile, on) {
  const since = profile.gave_birth_on ? days(profile.gave_birth_on, on) : -1;
  const facts = [];
  if (profile.pregnant === true) facts.push("pregnant");
  if (since >= 0 && since < rules.phone.postpartum_days) facts.push("postpartum");
  if (profile.clinician_limits === true) facts.push("clinician_limits");
  return facts;
}
