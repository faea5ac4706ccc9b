import { bodyOf, closeButton, mainButton, make } from "../build-dom.ts";
import type { Kind } from "../view.ts";

const GAP = 12;
/** What it points at may be drawn anew by the page; after so long it is gone. */
const GONE_AFTER_MS = 1_500;

/** A bubble that points at something in the page, and follows it. */
export const tooltip: Kind = (message, acts) => {
  const selector = message.selector ?? "";
  if (!find(selector)) return null;
  const arrow = make("i", { class: "arrow" });
  const element = make(
    "section",
    { class: "card tooltip", "aria-labelledby": "title" },
    arrow,
    make("h1", { id: "title" }, message.title),
    make("div", { class: "body" }, bodyOf(message.body, acts.follow)),
    mainButton(message, acts.click),
    closeButton(message, acts.dismiss),
  );
  let frame = 0;
  let lastSeen = performance.now();
  const follow = (now: number): void => {
    const target = find(selector);
    if (target) lastSeen = now;
    element.hidden = !target || !place(element, arrow, target.getBoundingClientRect());
    if (now - lastSeen > GONE_AFTER_MS) acts.leave();
    else frame = requestAnimationFrame(follow);
  };
  return {
    element,
    opened: () => (frame = requestAnimationFrame(follow)),
    closed: () => cancelAnimationFrame(frame),
  };
};

/** The first such element that is drawn. */
function find(selector: string): Element | null {
  try {
    const found = document.querySelectorAll(selector);
    return [...found].find((one) => one.getClientRects().length > 0) ?? null;
  } catch {
    // no selector: there is nothing to point at
    return null;
  }
}

/** Below, or above where there is more room; false: what it points at is out of sight. */
function place(element: HTMLElement, arrow: HTMLElement, at: DOMRect): boolean {
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  if (at.bottom < 0 || at.top > height || at.right < 0 || at.left > width) return false;
  element.hidden = false;
  const { offsetWidth: w, offsetHeight: h } = element;
  const isBelow = at.bottom + GAP + h <= height || at.top < height - at.bottom;
  const middle = (Math.max(at.left, 0) + Math.min(at.right, width)) / 2;
  const left = Math.max(GAP, Math.min(middle - w / 2, width - w - GAP));
  const top = isBelow ? at.bottom + GAP : at.top - GAP - h;
  const arrowAt = Math.max(18, Math.min(middle - left, w - 18));
  element.style.transform = `translate(${Math.round(left)}px,${Math.round(top)}px)`;
  arrow.style.left = `${Math.round(arrowAt)}px`;
  arrow.className = isBelow ? "arrow" : "arrow down";
  return true;
}
