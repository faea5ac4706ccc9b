import { useMemo } from "react";
import { useText } from "../../text/text.ts";

/** What a level, stage or band is called; of none, and outside the book. */
export function useNames(): (name: string | null) => string {
  const t = useText("overview");
  const outside = t("outside");
  const none = t("ofNone");
  return useMemo(
    () => (name: string | null) => (name === null ? outside : name === "" ? none : name),
    [outside, none],
  );
}
