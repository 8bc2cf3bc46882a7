// The warning screen on a phone without signal. `rules` is the document of GET /v1/rules.
// The level found here is a floor: the server knows what came before and may raise it, never
// lower it. tests/vectors holds inputs with the answers of the server's own code; a difference
// is a fault. Data keeps the names of the wire. No dependencies, no build step.

export { due } from "./form.js";
export { judge } from "./judging.js";
export { preauthorised } from "./grants.js";
