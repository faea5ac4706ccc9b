import { bodyOf, closeButton, mainButton, make } from "../build-dom.ts";
import type { Kind } from "../view.ts";

const COLOURS = ["#f59e0b", "#10b981", "#3b6fe0", "#ec4899", "#8b5cf6"];
const PIECES = 70;

/** Congratulates, with confetti for those who do not mind motion. */
export const celebration: Kind = (message, acts) => {
  const confetti = make("div", { class: "confetti", "aria-hidden": "true" });
  const card = make(
    "section",
    { class: "card celebration", "aria-labelledby": "title" },
    make("i", { class: "star", "aria-hidden": "true" }),
    make("h1", { id: "title" }, message.title),
    make("div", { class: "body" }, bodyOf(message.body, acts.follow)),
    mainButton(message, acts.click),
    closeButton(message, acts.dismiss),
  );
  return {
    element: make("div", {}, confetti, card),
    opened: () => {
      if (!matchMedia("(prefers-reduced-motion: reduce)").matches) rain(confetti);
    },
  };
};

function rain(into: HTMLElement): void {
  for (let n = 0; n < PIECES; n++) {
    const piece = make("i");
    piece.style.background = COLOURS[n % COLOURS.length] ?? "";
    piece.style.left = `${Math.random() * 100}%`;
    const drift = (Math.random() - 0.5) * 240;
    const turns = 360 + Math.random() * 720;
    into.append(piece);
    const fall = piece.animate(
      [
        { transform: "translate(0,-5vh)", opacity: 1 },
        { transform: `translate(${drift}px,105vh) rotate(${turns}deg)`, opacity: 0.7 },
      ],
      { duration: 2_200 + Math.random() * 1_800, delay: Math.random() * 700, fill: "both" },
    );
    fall.onfinish = () => piece.remove();
  }
}
