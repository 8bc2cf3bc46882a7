// The public API and nothing else: no cookie goes along, the token is the whole sign-in.
import { copy, read } from "./store.js";

const PATIENCE = 15000;

export async function call(method, path, body, headers = {}) {
  const token = read("token");
  const answer = await fetch(path, {
    method,
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE),
    headers: {
      Accept: "application/json",
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body && { "Content-Type": "application/json" }),
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
  const said = [204, 304].includes(answer.status) ? null : await answer.json().catch(() => null);
  return { status: answer.status, ok: answer.ok, said, tag: answer.headers.get("ETag") };
}

// The newest copy of a document. Returns whether it changed; throws when nobody answers.
export async function refresh(name, path) {
  const held = read(`copy:${name}`);
  const answer = await call("GET", path, undefined, held?.tag ? { "If-None-Match": held.tag } : {});
  if (answer.ok) copy(`copy:${name}`, { tag: answer.tag, body: answer.said });
  return answer;
}

export const held = (name) => read(`copy:${name}`)?.body ?? null;

// The sentence a person can act on, from a problem document.
export function sentence(answer) {
  const faults = (answer.said?.errors || []).map((each) => each.detail || each.message);
  return faults[0] || answer.said?.detail || "This was not accepted.";
}
