import { parseInstant } from "../../../src/core/time/zone.ts";

/** A clock time that somebody chose (`2026-03-02 15:00:00`) in the workspace's zone, as an instant. */
export function instantIn(chosen: string, timeZone: string): string {
  const at = parseInstant(chosen.replace(" ", "T"), timeZone);
  return at === undefined ? chosen : new Date(at).toISOString();
}
