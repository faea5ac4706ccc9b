import { spotlight } from "@mantine/spotlight";
import { useEffect, useState } from "react";

const QUIET_MS = 1_500;
let want: () => void = () => undefined;

/** Longer than this nobody types without seeing where. */
const EARLY_MS = 2_000;

/** What was typed before the palette's field was there, since `from`; null: nothing is kept. */
let early: { readonly from: number; readonly text: string } | null = null;

/** Opens the command palette, which comes with the first time. */
export function openPalette(): void {
  want();
  spotlight.open();
  early = { from: performance.now(), text: "" };
  window.addEventListener("keydown", keepEarly, true);
}

/** What was typed while the palette opened; its field is there from now on. */
export function takeEarly(): string {
  const text = early?.text ?? "";
  early = null;
  window.removeEventListener("keydown", keepEarly, true);
  return text;
}

/** Whether what is typed now is meant for the palette, which is on its way. */
export function isPaletteOpening(event: KeyboardEvent): boolean {
  return early !== null && event.timeStamp - early.from < EARLY_MS;
}

/** Letters go to the palette, and to no key of the screen behind it. */
function keepEarly(event: KeyboardEvent): void {
  const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!early || !isPaletteOpening(event) || event.key === "Escape") {
    takeEarly();
    return;
  }
  if (!isLetter && event.key !== "Enter") return;
  if (isLetter) early = { ...early, text: early.text + event.key };
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Whether the palette is there to be opened: once somebody wants it, or when all else is done. */
export function usePaletteWanted(): boolean {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    want = () => setWanted(true);
    const timer = setTimeout(want, QUIET_MS);
    // the palette's own listening would begin only once its code is there
    const pressed = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      openPalette();
    };
    window.addEventListener("keydown", pressed);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("keydown", pressed);
    };
  }, []);
  return isWanted;
}
