import type { Model } from "../../../src/core/model/index.ts";
import type { Touch } from "../../../src/core/schedule/index.ts";
import { type Day, formatDay, parseDay } from "../../../src/core/time/day.ts";
import type { DecisionRecord, Store, StoredAccount } from "../../../src/engine/ports.ts";
import type { ImportRows } from "../../support/import-rows.ts";

const PROGRAM = "renewal_mails";
const DAYS_BEFORE = [60, 30, 14];

/** A mail before a renewal that was not made, and why; reason null: nobody knows. */
export interface RenewalGap {
  readonly account: string;
  readonly day: string;
  readonly reason: string | null;
}

interface Lived {
  readonly store: Store;
  readonly rows: ImportRows;
  readonly model: Model;
  readonly touches: readonly Touch[];
  readonly from: Day;
  readonly to: Day;
}

/** For each renewal that fell due in the days lived, its 60/30/14-day mails or the reason why not. */
export async function renewalGaps(lived: Lived): Promise<RenewalGap[]> {
  const made = new Set(
    lived.touches
      .filter(({ program }) => program === PROGRAM)
      .map(({ account, unshifted }) => `${account} ${unshifted}`),
  );
  const gaps: RenewalGap[] = [];
  for (const [account, renewals] of renewalsOf(lived.rows)) {
    const wanted = renewals
      .flatMap((renewal) => DAYS_BEFORE.map((days) => renewal - days))
      .filter((day) => day >= lived.from && day <= lived.to && !made.has(`${account} ${day}`));
    if (wanted.length === 0) continue;
    const [stored] = await lived.store.accounts.load([account]);
    for (const day of wanted) {
      const record = (await lived.store.decisions.on([account], day)).get(account) ?? null;
      const reason = stored ? whyNone(stored, record, day) : "not yet a customer";
      gaps.push({ account, day: formatDay(day), reason });
    }
  }
  return gaps;
}

function renewalsOf({ accounts }: ImportRows): Map<string, Day[]> {
  const found = new Map<string, Day[]>();
  for (const { accountId, traits } of accounts) {
    const value = traits["renewal_date"];
    const day = typeof value === "string" ? parseDay(value.slice(0, 10)) : undefined;
    if (day === undefined) continue;
    const days = found.get(accountId) ?? [];
    if (!days.includes(day)) days.push(day);
    found.set(accountId, days);
  }
  return found;
}

/** The program's own conditions, read off what was decided on that day. */
function whyNone(stored: StoredAccount, record: DecisionRecord | null, day: Day): string | null {
  if (stored.createdAt !== null && stored.createdAt > day) return "not yet a customer";
  if (!record) return "not decided on that day: closed or not yet known";
  if (stored.state?.closed === true) return "closed";
  const { decision } = record;
  if (decision.level?.base === "high") return "high: the CSM writes";
  if (decision.stage?.name !== "renewal") return `in ${decision.stage?.name} on that day`;
  const known = decision.facts["renewal_date"];
  const expected = DAYS_BEFORE.some((days) => known === formatDay(day + days));
  if (!expected) return "its renewal date was another on that day";
  const receivers = stored.contacts.filter(
    ({ role, email, optOuts }) =>
      (role === "sponsor" || role === "admin") && email !== null && !optOuts.includes("email"),
  );
  if (receivers.length === 0) return "nobody to write to";
  const run = decision.programs.find(({ name }) => name === PROGRAM);
  if (run && (parseDay(run.since) ?? 0) > day) return "in the program only after that day";
  return null;
}
