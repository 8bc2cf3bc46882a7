// Whom to write to in an emergency that nobody answers: the client's own choice, taken back at will.
import { button, h, say } from "./page.js";
import { call, held, refresh, sentence } from "./server.js";

export const named = () => held("me")?.coached_in?.[0]?.emergency_contact || null;

// At emergency, what happens when no coach answers.
export const line = (level) =>
  level === "emergency" && named() && h("p", {}, `If no coach answers, we write to ${named()}.`);

// The card on "Me"; `shown` draws the screen again.
export function card(shown) {
  const field = h("input", { id: "contact", name: "email", type: "email", required: true, maxlength: "200", autocomplete: "off", value: named() });
  const tell = async (method, path, body, done) => {
    const answer = await call(method, path, body).catch(() => null);
    if (!answer?.ok) return say(answer ? sentence(answer) : "No signal: this can only be saved with it.");
    await refresh("me", "/v1/me");
    shown();
    say(done);
  };
  const save = (event) => {
    event.preventDefault();
    tell("PUT", "/v1/emergency-contact", { email: field.value.trim() }, "Saved.");
  };
  const forget = () => tell("DELETE", "/v1/consents/emergency_contact", undefined, "Taken back.");
  return h(
    "form",
    { class: "card", onsubmit: save },
    h("h2", {}, "Emergency contact"),
    h("p", {}, "If you report an emergency and no coach answers, we write to this person, once: that you need them to call you now. Nothing about your health is in it."),
    h("label", { for: "contact" }, "Their e-mail"),
    field,
    h("button", { class: "main wide", id: "contact-save" }, "I agree, save"),
    named() && button("Take back", forget, "plain wide", { id: "contact-forget" }),
  );
}
