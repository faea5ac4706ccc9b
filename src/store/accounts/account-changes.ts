import type { AccountState } from "../../core/account/state.ts";
import type { Day } from "../../core/time/day.ts";
import type { AccountChanges, HeldAccount } from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { EVENT, TOUCH } from "../shapes.ts";
import type { EventRecord } from "../shapes.ts";
import { byAccount, withoutBucket } from "./load-accounts.ts";

interface Present {
  readonly id: string;
  readonly stateRev: number;
  readonly factsRev: number;
  readonly news: number;
  readonly decidedNews: number;
  readonly decidedOn: Day | null;
  readonly byHandNews: number;
}

const PRESENT = new RecordShape<Present>({
  id: ["id", "text"],
  stateRev: ["state_rev", "int8"],
  factsRev: ["facts_rev", "int8"],
  news: ["news", "int8"],
  decidedNews: ["decided_news", "int8"],
  decidedOn: ["decided_on", "day"],
  byHandNews: ["by_hand_news", "int8"],
});

const STATE = new RecordShape<{ account: string; state: AccountState }>({
  account: ["account", "text"],
  state: ["state", "json"],
});

const KEYS = "unnest($1::int2[], $2::text[], $3::int8[]) AS k (bucket, id, rev)";
const ACCOUNT = `account a JOIN ${KEYS} ON a.bucket = k.bucket AND a.id = k.id`;
/** What hangs on accounts whose state or touches are others than those held. */
const moved = (table: string, alias: string): string =>
  `FROM ${ACCOUNT} JOIN ${table} ${alias} ON ${alias}.bucket = a.bucket AND ${alias}.account = a.id
   WHERE a.state_rev <> k.rev`;

/** One statement, so that all of it is as of one moment. */
const STATEMENT = `SELECT
  (${PRESENT.page("a", `FROM ${ACCOUNT}`)}) AS present,
  (${STATE.page("s", moved("account_state", "s"))}) AS states,
  (${TOUCH.page("t", `${moved("touch", "t")} ORDER BY t.bucket, t.account, t.due, t.key`)}) AS touches,
  (${EVENT.page(
    "e",
    `FROM ${KEYS} JOIN event e ON e.bucket = k.bucket AND e.account = k.id
     WHERE e.pending ORDER BY e.bucket, e.account, e.at, e.seq`,
  )}) AS pending`;

type Pages = Readonly<Record<"present" | "states" | "touches" | "pending", string>>;

/** What is new about accounts that somebody holds in memory; those that are gone are left out. */
export async function accountChanges(
  db: Database,
  held: readonly HeldAccount[],
): Promise<AccountChanges[]> {
  if (held.length === 0) return [];
  const keys = accountKeys(held.map(({ id }) => id));
  const revs = held.map(({ loaded }) => loaded.stateRev);
  const [pages] = await db.q<Pages>(STATEMENT, [...keys, revs]);
  if (!pages) throw new Error("asking for changes gave nothing");
  const present = new Map(PRESENT.decode(pages.present).map((one) => [one.id, one]));
  const states = new Map(
    STATE.decode(pages.states).map(({ account, state }) => [account, state] as const),
  );
  const touches = byAccount(TOUCH.decode(pages.touches));
  const pending = byAccount<EventRecord>(EVENT.decode(pages.pending));
  return held.flatMap((one): AccountChanges[] => {
    const now = present.get(one.id);
    if (!now) return [];
    const { stateRev, factsRev, news } = now;
    return [
      {
        id: one.id,
        loaded: { stateRev, factsRev, news, lastSeq: one.loaded.lastSeq },
        isOther: isOther(one, now),
        byHand: now.byHandNews > now.decidedNews,
        ...(stateRev === one.loaded.stateRev
          ? {}
          : {
              state: states.get(one.id) ?? null,
              touches: (touches.get(one.id) ?? []).map(withoutBucket),
            }),
        pending: pending.get(one.id) ?? [],
      },
    ];
  });
}

/** Its facts changed, or somebody else decided it and took notice of events that were never seen here. */
function isOther(held: HeldAccount, now: Present): boolean {
  return (
    now.factsRev !== held.loaded.factsRev ||
    now.decidedNews !== held.decidedNews ||
    now.decidedOn !== held.decidedOn
  );
}
