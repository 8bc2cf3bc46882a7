// Pause and go frame by frame: position is judged standing still, not at speed.
const film = document.querySelector("[data-film]");
const video = film.querySelector("video");
const FRAME = 1 / 30; // clips are made at their own rate; a phone films thirty a second or more

function step(frames) {
  video.pause();
  const end = video.duration || 0;
  video.currentTime = Math.min(Math.max(0, video.currentTime + frames * FRAME), end);
}

for (const button of film.querySelectorAll("[data-frame]")) {
  button.addEventListener("click", () => step(Number(button.dataset.frame)));
}

const slow = film.querySelector("[data-slow]");
slow.addEventListener("click", () => {
  const on = slow.getAttribute("aria-pressed") !== "true";
  slow.setAttribute("aria-pressed", String(on));
  video.playbackRate = on ? 0.25 : 1;
});

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select") || event.metaKey || event.ctrlKey;
  if (typing || !("keys" in document.body.dataset)) return;
  if (event.key === ",") step(-1);
  if (event.key === ".") step(1);
});
