// Everything the client writes waits here until the server has it: in order, for ever, never lost.
import { call, sentence } from "./server.js";
import { forget, keys, newId, read, write } from "./store.js";

const LONGEST = 60000;
let pause = 0;
let notBefore = 0;
let running = null;
let heard = () => {};

export const listen = (told) => (heard = told);

// `after` names a report that must have arrived first.
export function put(kind, path, body, after = null) {
  const id = newId();
  write(`out:${id}`, { id, kind, path, body, after, user: read("user"), refused: null });
  notBefore = 0;
  flush();
  return id;
}

// What this person has not sent yet, oldest first; somebody else's words on this phone stay theirs.
export function waiting(kind = null) {
  const all = keys("out:").map((key) => read(key));
  return all.filter((each) => each?.user === read("user") && (!kind || each.kind === kind));
}

export function again(id) {
  write(`out:${id}`, { ...read(`out:${id}`), refused: null });
  notBefore = 0;
  flush();
}

export const drop = (id) => forget(`out:${id}`);

// One at a time, also across tabs; a request that runs twice all the same changes nothing.
export function flush() {
  if (!running) running = locked(sendAll).finally(() => (running = null));
  return running;
}

async function locked(work) {
  if (!navigator.locks) return work();
  return navigator.locks.request("coach.outbox", { ifAvailable: true }, (lock) => lock && work());
}

async function sendAll() {
  if (!read("token") || Date.now() < notBefore) return;
  const tried = new Set();
  for (;;) {
    const next = waiting().find((each) => !each.refused && !tried.has(each.id) && !early(each));
    if (!next) break;
    tried.add(next.id);
    if (!(await send(next))) break;
  }
}

// An answer waits for its report, the use of what a coach allowed for the answers too.
const early = (each) =>
  each.after &&
  (waiting("report").some((other) => other.path.endsWith(each.after)) ||
    (each.kind === "use" && waiting("answer").some((other) => other.after === each.after)));

// Returns whether to go on with the next one.
async function send(item) {
  let answer;
  try {
    answer = await call("PUT", item.path, item.body);
  } catch {
    wait();
    return false;
  }
  if (answer.ok) {
    pause = 0;
    forget(`out:${item.id}`);
    heard("sent", item, answer.said);
  } else if (answer.status === 401) {
    heard("signed-out", item);
    return false;
  } else if (answer.status >= 500 || [408, 425, 429].includes(answer.status)) {
    wait(); // the server's trouble with one must not hold up the next
  } else {
    write(`out:${item.id}`, { ...item, refused: sentence(answer) });
    heard("refused", item);
  }
  return true;
}

function wait() {
  pause = Math.min(LONGEST, pause ? pause * 2 : 1000);
  notBefore = Date.now() + pause;
  setTimeout(flush, pause);
}
