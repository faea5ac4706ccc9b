import { spotlight } from "@mantine/spotlight";
import { useEffect, useState } from "react";

const QUIET_MS = 1_500;
let want: () => void = () => undefined;

/** Opens the command palette, which comes with the first time. */
export function openPalette(): void {
  want();
  spotlight.open();
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
