// What this phone keeps: the sign-in, copies of what the server said, and the words not yet sent.
const MINE = "coach.";

export function read(key, otherwise = null) {
  try {
    const held = localStorage.getItem(MINE + key);
    return held === null ? otherwise : JSON.parse(held);
  } catch {
    return otherwise;
  }
}

// Throws when the phone is full: the caller tells the person instead of losing what was typed.
export function write(key, value) {
  localStorage.setItem(MINE + key, JSON.stringify(value));
}

export function forget(key) {
  localStorage.removeItem(MINE + key);
}

export function keys(prefix) {
  const all = Object.keys(localStorage).filter((key) => key.startsWith(MINE + prefix));
  return all.map((key) => key.slice(MINE.length)).sort();
}

// A copy is worth having, never worth failing for.
export function copy(key, value) {
  try {
    write(key, value);
  } catch {
    forget(key);
  }
}

export function signIn(token, user) {
  if (read("user") !== user) forgetCopies();
  write("user", user);
  write("token", token);
}

export function signOut() {
  forget("token");
  forget("user");
  forgetCopies();
}

function forgetCopies() {
  for (const key of keys("copy:")) forget(key);
}

// The phone's own clock; a demo may set it ahead.
export const now = () => new Date(Date.now() + read("ahead", 0));
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
export const moment = () => ({ performed_at: now().toISOString(), zone });

let last = 0;
let count = 0;

// UUIDv7 (RFC 9562): 48 bits of time, a 12-bit count within the millisecond, 62 bits of chance.
export function newId() {
  const at = Math.max(now().getTime(), last);
  count = at === last ? count + 1 : 0;
  last = count > 4095 ? at + 1 : at;
  if (count > 4095) count = 0;
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  bytes[0] = (bytes[0] & 0x3f) | 0x80;
  const chance = [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
  const time = last.toString(16).padStart(12, "0");
  const rest = `7${count.toString(16).padStart(3, "0")}${chance}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
}
