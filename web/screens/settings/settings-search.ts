import { dayText, oneOf, type RawSearch } from "../../lib/search.ts";

export const SECTIONS = [
  "preferences",
  "team",
  "quality",
  "unattributed",
  "channels",
  "audit",
  "suppressions",
  "webhooks",
  "keys",
  "privacy",
] as const;
export type Section = (typeof SECTIONS)[number];

/** What the screen's address says after `?`: with it the same view opens again. */
export interface SettingsSearch {
  readonly section?: Section | undefined;
  /** Audit log: by whom, what, of which account, from and to which day. */
  readonly by?: string | undefined;
  readonly what?: string | undefined;
  readonly account?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Unattributed: of this user. */
  readonly user?: string | undefined;
  /** Data quality: whose rows are open. */
  readonly gap?: "owner" | "contacts" | "email" | undefined;
  /** Webhooks: whose messages are open. */
  readonly webhook?: string | undefined;
}

export function readSettingsSearch(raw: RawSearch): SettingsSearch {
  const { by, what, account, user, webhook } = raw;
  return {
    section: oneOf(raw["section"], SECTIONS),
    by,
    what,
    account,
    from: dayText(raw["from"]),
    to: dayText(raw["to"]),
    user,
    gap: oneOf(raw["gap"], ["owner", "contacts", "email"]),
    webhook,
  };
}
