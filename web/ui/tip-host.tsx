import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import "./tip.css";

const DELAY_MS = 350;
const GAP = 7;

interface Shown {
  readonly of: HTMLElement;
  readonly text: string;
}

function tipped(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
}

/** The one bubble that shows every `Tip`: hundreds of rows carry a word each, not a pop-up each. */
export function TipHost() {
  const [shown, setShown] = useState<Shown | null>(null);
  const bubble = useRef<HTMLDivElement>(null);
  const id = useId();
  useWatch(setShown);
  useLayoutEffect(() => {
    const { current } = bubble;
    if (!current || !shown) return undefined;
    place(current, shown.of);
    // said by its name already: twice is once too often
    if (shown.of.getAttribute("aria-label") === shown.text) return undefined;
    shown.of.setAttribute("aria-describedby", id);
    return () => shown.of.removeAttribute("aria-describedby");
  }, [shown, id]);
  if (!shown) return null;
  return (
    <div ref={bubble} id={id} className="tip" role="tooltip">
      {shown.text}
    </div>
  );
}

function useWatch(show: (shown: Shown | null) => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let of: HTMLElement | null = null;
    const hide = (): void => {
      clearTimeout(timer);
      if (of) show(null);
      of = null;
    };
    const begin = (next: HTMLElement | null): void => {
      if (next === of) return;
      hide();
      if (!next) return;
      of = next;
      timer = setTimeout(() => {
        const text = next.dataset["tip"] ?? "";
        if (next.isConnected && text !== "") show({ of: next, text });
      }, DELAY_MS);
    };
    const over = (event: PointerEvent): void => {
      if (event.pointerType !== "touch") begin(tipped(event.target));
    };
    const focused = (event: FocusEvent): void => {
      const { target } = event;
      begin(target instanceof Element && target.matches(":focus-visible") ? tipped(target) : null);
    };
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === "Escape") hide();
    };
    const stop = new AbortController();
    const on = { signal: stop.signal, capture: true, passive: true } as const;
    document.addEventListener("pointerover", over, on);
    document.addEventListener("focusin", focused, on);
    document.addEventListener("focusout", hide, on);
    document.addEventListener("pointerdown", hide, on);
    document.addEventListener("pointerleave", hide, on);
    document.addEventListener("scroll", hide, on);
    document.addEventListener("keydown", pressed, on);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [show]);
}

/** Over its element, under it where there is no room; to the right of it where that is asked. */
function place(bubble: HTMLElement, of: HTMLElement): void {
  const around = of.getBoundingClientRect();
  const { width, height } = bubble.getBoundingClientRect();
  const isRight = of.dataset["tipSide"] === "right";
  const over = around.top - height - GAP;
  const top = isRight
    ? around.top + (around.height - height) / 2
    : over < GAP
      ? around.bottom + GAP
      : over;
  const left = isRight ? around.right + GAP : around.left + (around.width - width) / 2;
  const most = document.documentElement.clientWidth - width - GAP;
  bubble.style.top = `${top}px`;
  bubble.style.left = `${Math.max(GAP, Math.min(left, most))}px`;
}
