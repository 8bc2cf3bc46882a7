// The public API and nothing else: no cookie goes along, the token is the whole sign-in.
import { copy, read } from "./store.js";

const PATIENCE = 15000;

export async function call(method, path, body, headers = {}) {
  const raw = body instanceof Blob;
  const answer = await ask(method, path, {
    signal: AbortSignal.timeout(PATIENCE),
    headers: {
      Accept: "application/json",
      ...(body && !raw && { "Content-Type": "application/json" }),
      ...headers,
    },
    body: body && !raw ? JSON.stringify(body) : body,
  });
  const said = [204, 304].includes(answer.status) ? null : await answer.json().catch(() => null);
  const { status, ok } = answer;
  return { status, ok, said, tag: answer.headers.get("ETag"), headers: answer.headers };
}

function ask(method, path, { headers = {}, ...more } = {}) {
  const token = read("token");
  const signed = token ? { Authorization: `Bearer ${token}`, ...headers } : headers;
  return fetch(path, { method, cache: "no-store", credentials: "omit", headers: signed, ...more });
}

// A file of the server's, kept on this phone under a name.
export async function download(path, name) {
  const answer = await ask("GET", path);
  if (!answer.ok) return answer;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return answer;
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
