// Compares the JavaScript evaluator with vectors: node tests/vectors/check.mjs rules.json <vectors.jsonl
// Prints each difference up to twenty, then "<differences> of <vectors>"; exit 1 when there is one.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";
import { due, judge, preauthorised } from "../../clients/static/clients/rules/evaluator.js";

const rules = JSON.parse(readFileSync(process.argv[2], "utf8"));

function answer(one) {
  if (one.does === "due") return due(rules, one.asked);
  const { borders } = one.known;
  const own = borders ? { ...rules, bands: { ...rules.bands, ...borders } } : rules;
  if (one.does === "judge") return judge(own, one.said, one.known);
  const found = preauthorised(rules, one.grant, one.said, one.synced_at, one.now, one.known);
  return { ...found, because: found.because.sort() };
}

let count = 0;
let differ = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { gives, ...one } = JSON.parse(line);
  count += 1;
  let found;
  try {
    found = answer(one);
  } catch (fault) {
    found = { fault: String(fault.stack) };
  }
  if (isDeepStrictEqual(found, gives)) continue;
  differ += 1;
  if (differ <= 20) console.log(JSON.stringify({ ...one, found, gives }));
}
console.log(`${differ} of ${count}`);
process.exit(differ ? 1 : 0);
