import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/**
 * What comes and goes above the active row scrolls away under it: the row stays where it was on the
 * screen, and with it what somebody is about to press.
 */
export function useStillRow(active: string | null): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const seen = useRef<{ id: string | null; top: number }>({ id: null, top: 0 });
  useLayoutEffect(() => {
    const top = topOf(place.current, active);
    if (top === null) return;
    const moved = top - seen.current.top;
    if (seen.current.id === active && moved !== 0) place.current?.scrollBy({ top: moved });
    seen.current = { id: active, top: topOf(place.current, active) ?? top };
  });
  useEffect(() => {
    const list = place.current;
    const scrolled = (): void => {
      const top = topOf(list, active);
      if (top !== null) seen.current = { id: active, top };
    };
    list?.addEventListener("scroll", scrolled, { passive: true });
    return () => list?.removeEventListener("scroll", scrolled);
  }, [active]);
  return place;
}

/** Where the row is in the window of the list. */
function topOf(list: HTMLElement | null, id: string | null): number | null {
  const rows = [...(list?.querySelectorAll<HTMLElement>("[data-touch]") ?? [])];
  const row = rows.find(({ dataset }) => dataset["touch"] === id);
  return list && row ? row.offsetTop - list.scrollTop : null;
}
