// Coming in: by e-mail and password, or by a coach's invitation.
import { button, go, h, say, show } from "./page.js";
import { call, sentence } from "./server.js";
import { signIn } from "./store.js";

const SIGN_IN = "/_allauth/app/v1/auth/login";
const SESSION = "/_allauth/app/v1/auth/session";

const field = (name, label, more) =>
  h("p", { class: "entry" }, h("label", { for: name }, label), h("input", { id: name, name, required: true, ...more }));

const PASSWORD = { type: "password", autocomplete: "current-password" };

// What a sign-in may still wait for: what to ask, and where the answer goes.
const STEPS = {
  verify_email: ["We sent you a code by e-mail. Type it in.", "/_allauth/app/v1/auth/email/verify", "key"],
  mfa_authenticate: ["Type in the code of your authenticator app, or a recovery code.", "/_allauth/app/v1/auth/2fa/authenticate", "code"],
};

async function enter(email, password) {
  let answer = await call("POST", SIGN_IN, { email, password });
  let token = answer.said?.meta?.session_token;
  for (let step; (step = STEPS[answer.said?.data?.flows?.find((each) => each.is_pending)?.id]); ) {
    const [words, path, name] = step;
    answer = await asked(words, (typed) => call("POST", path, { [name]: typed }, { Authorization: `Bearer ${token}` }));
    token = answer.said?.meta?.session_token || token;
  }
  if (!answer.ok) throw new Error(answer.said?.errors?.[0]?.message || "This did not sign you in.");
  signIn(answer.said.meta.session_token || token, String(answer.said.data.user.id));
}

// Asks for a code until one is taken; what is wrong with one is said beside it.
const asked = (words, send) =>
  new Promise((taken) => {
    const act = async (typed) => {
      const answer = await send(typed.get("typed").trim());
      if (answer.status === 400) throw new Error(answer.said?.errors?.[0]?.message || "That is not the code.");
      taken(answer);
    };
    const code = field("typed", "Code", { autocomplete: "one-time-code", autocapitalize: "characters" });
    show([h("h1", {}, "One more step"), h("p", {}, words), form("Go on", [code], act)]);
  });

// Runs a form; what goes wrong is said above the button and what was typed stays.
function form(words, fields, act) {
  const wrong = h("p", { class: "bad", role: "alert" });
  const submit = async (event) => {
    event.preventDefault();
    const typed = new FormData(event.target);
    wrong.textContent = "";
    try {
      await act(typed);
    } catch (error) {
      const lost = error instanceof TypeError || error.name === "TimeoutError";
      wrong.textContent = lost ? "No answer. Is there signal? Nothing is lost, try again." : error.message;
    }
  };
  return h("form", { onsubmit: submit, class: "card" }, fields, wrong, h("button", { class: "main" }, words));
}

export function screen(entered) {
  const fields = [field("email", "E-mail", { type: "email", autocomplete: "username" }), field("password", "Password", PASSWORD)];
  const act = async (typed) => {
    await enter(typed.get("email"), typed.get("password"));
    entered();
  };
  show([h("h1", {}, "Sign in"), form("Sign in", fields, act), h("p", { class: "small quiet" }, "New here? Open the link your coach sent you.")]);
}

export async function leave() {
  await call("DELETE", SESSION).catch(() => null);
}

export async function join(token, entered) {
  show([h("h1", {}, "Your invitation"), h("p", {}, "Looking it up …")]);
  const offer = await call("POST", "/v1/invitations/preview", { token }).catch(() => null);
  if (!offer?.ok) {
    const words = offer ? sentence(offer) : "No answer. Is there signal? Nothing is lost.";
    return show([h("h1", {}, "Your invitation"), h("p", {}, words), button("Try again", () => join(token, entered), "main")]);
  }
  const { practice, coach, email, client_name: name, consents } = offer.said;
  const consent = ([id, words]) =>
    h("li", {}, h("input", { type: "checkbox", id: `c-${id}`, name: "consents", value: id }), h("label", { for: `c-${id}` }, words));
  const fields = [
    h("fieldset", {}, h("legend", {}, "What I agree to"), h("ul", { class: "consents" }, Object.entries(consents).map(consent))),
    h("p", { class: "small quiet" }, "The first is needed to be coached here; the others are yours to choose. You can take each back later."),
    field("password", "Choose a password, 10 characters or more", { type: "password", autocomplete: "new-password", minlength: 10 }),
  ];
  const act = async (typed) => {
    const body = { token, password: typed.get("password"), consents: typed.getAll("consents") };
    const answer = await call("POST", "/v1/invitations/accept", body);
    if (!answer.ok) throw new Error(sentence(answer));
    await enter(answer.said.email, body.password);
    history.replaceState(null, "", "/phone/");
    say("Welcome.");
    entered();
    go("");
  };
  show([
    h("h1", {}, `${coach} invites you`),
    h("p", {}, `${practice} would coach ${name}, under ${email}.`),
    form("Accept", fields, act),
  ]);
}
