import { readModelFiles } from "../src/cli/model-files.ts";
import { type Day, dayOf, type Instant } from "../src/core/time/day.ts";
import { localDay, startOfDay } from "../src/core/time/zone.ts";
import { applyModel } from "../src/engine/apply-model.ts";
import type { ModelFiles } from "../src/engine/check-model.ts";
import type { EngineContext } from "../src/engine/context.ts";
import { importData } from "../src/engine/import-data.ts";
import type { AccountRow, ContactRow, EventRow, ImportSource } from "../src/engine/ports.ts";
import type { OpenDatabase } from "../src/store/db/open-database.ts";
import { openStore } from "../src/store/index.ts";
import { rowsOf, type SampleRows } from "./generate-book.ts";
import { sampleAccount } from "./sample-account.ts";

const ZONE = "America/New_York";
/** The one day of this book, so that it stays up to date. */
const TODAY = dayOf(2026, 3, 2);
export const PLAN_BOOK_NOW = startOfDay(TODAY, ZONE) + 10 * 3_600_000;
/** Of each account, its latest: what a plan reads of accounts that stay does not grow with them. */
const EVENTS = 6;
const AT_ONCE = 500;

export async function fourTiers(): Promise<ModelFiles> {
  const files = await readModelFiles(
    new URL("../templates/four-tiers-hybrid", import.meta.url).pathname,
  );
  if (!files) throw new Error("templates/four-tiers-hybrid has no model");
  return files;
}

/**
 * A book of made-up accounts, decided by templates/four-tiers-hybrid; made where it is not there.
 *
 * @param now the moment it stands at
 */
export async function openPlanBook(
  open: OpenDatabase,
  accounts: number,
  say: (text: string) => void,
  now: Instant = PLAN_BOOK_NOW,
): Promise<EngineContext> {
  const store = await openStore(open);
  const context: EngineContext = { store, clock: () => now, actor: null };
  const today = localDay(now, ZONE);
  if ((await store.models.live()) !== null) return context;
  await importData(context, {
    source: "bench",
    open: () => Promise.resolve(sourceOf(accounts, today)),
    dryRun: false,
    onReject: ({ reason }) => say(`refused: ${reason}`),
    progress: (statement) => (done) => {
      if (done % 20_000 < AT_ONCE) say(`${statement} ${done}`);
    },
  });
  await applyModel(context, await fourTiers(), {
    since: today,
    progress: (done, total) => {
      if (done % 10_000 === 0) say(`decided ${done} of ${total}`);
    },
  });
  return context;
}

function sourceOf(accounts: number, today: Day): ImportSource {
  const options = { seed: 1, today: today - 1, zone: ZONE };
  async function* rows<R>(of: (rows: SampleRows) => readonly R[]): AsyncGenerator<readonly R[]> {
    for (let start = 0; start < accounts; start += AT_ONCE) {
      const size = Math.min(AT_ONCE, accounts - start);
      yield await Promise.resolve(
        Array.from({ length: size }, (_, n) => {
          const account = sampleAccount(start + n, options);
          const born = Math.max(account.use.born, today - 40);
          return of(rowsOf({ ...account, use: { ...account.use, born } }, options));
        }).flat(),
      );
    }
  }
  return {
    shiftDays: undefined,
    timezone: ZONE,
    totals: { accounts, contacts: accounts, events: accounts, team: undefined },
    rejected: new Map(),
    warnings: [],
    accounts: () => rows<AccountRow>((one) => one.accounts),
    contacts: () => rows<ContactRow>((one) => one.contacts),
    events: () => rows<EventRow>((one) => one.events.slice(-EVENTS)),
    team: () => rows<never>(() => []),
    close: () => Promise.resolve(),
  };
}
