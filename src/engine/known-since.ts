import type { AccountHistory } from "../core/facts/index.ts";
import type { Day } from "../core/time/day.ts";
import type { StoredAccount } from "./ports.ts";

/** The first day of an account: that of its creation, else the first on which anything is known of it. */
export function knownSince(
  { createdAt, firstSeen, traits, events }: Omit<StoredAccount, "loaded">,
  { localDay }: Pick<AccountHistory, "localDay">,
): Day {
  if (createdAt !== null) return createdAt;
  let first = firstSeen;
  for (const { from } of traits) first = Math.min(first, from);
  for (const { at, engine } of events) if (!engine) first = Math.min(first, localDay(at));
  return first;
}
