import { formatDay } from "../core/time/day.ts";
import type { AccountFilter, AccountStore } from "../engine/ports.ts";
import { accountKeys } from "./account-keys.ts";
import { accountsBehind, accountsWithNews } from "./accounts/accounts-to-do.ts";
import { accountChanges } from "./accounts/account-changes.ts";
import {
  findAccounts,
  countAll,
  contactTraitNames,
  eventNames,
  traitNames,
} from "./accounts/look.ts";
import { loadAccounts } from "./accounts/load-accounts.ts";
import { loadTold } from "./accounts/load-told.ts";
import { oddValues } from "./accounts/odd-values.ts";
import { putState } from "./accounts/put-state.ts";
import { saveByLive } from "./accounts/save-accounts.ts";
import type { Database, Param } from "./db/database.ts";

export function accountStore(db: Database): AccountStore {
  return {
    ids: (filter) => listIds(db, filter),
    withNews: (filter) => accountsWithNews(db, filter),
    behind: (filter, today) => accountsBehind(db, filter, today),
    load: (ids, told) =>
      told ? db.tx((tx) => loadTold(tx, ids, told), { snapshot: true }) : loadAccounts(db, ids),
    changes: (held) => accountChanges(db, held),
    save: (batch, moment) => db.tx((tx) => saveByLive(tx, batch, moment)),
    putState: (id, change, moment) => db.tx((tx) => putState(tx, id, change, moment)),
    async count() {
      const [found] = await db.q<{ n: number }>("SELECT count(*) AS n FROM account");
      return found?.n ?? 0;
    },
    async neverDecided() {
      const [found] = await db.q<{ n: number }>(
        "SELECT count(*) AS n FROM account WHERE decided_on IS NULL",
      );
      return found?.n ?? 0;
    },
    find: (text) => findAccounts(db, text),
    traitNames: () => traitNames(db),
    oddValues: (of, traits) => oddValues(db, of, traits),
    contactTraitNames: () => contactTraitNames(db),
    eventNames: () => eventNames(db),
    counts: () => countAll(db),
  };
}

async function listIds(db: Database, { ids, toDecideOn }: AccountFilter): Promise<string[]> {
  const params: Param[] = [];
  let source = "account a";
  const where: string[] = [];
  if (ids) {
    params.push(...accountKeys(new Set(ids)));
    source +=
      " JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id) ON a.bucket = k.bucket AND a.id = k.id";
  }
  if (toDecideOn !== undefined) {
    params.push(formatDay(toDecideOn));
    where.push(`(a.waiting OR a.decided_on IS NULL OR a.decided_on < $${params.length})`);
  }
  const condition = where.length > 0 ? `WHERE ${where.join(" AND ")}` : "";
  // without OFFSET the servers of a cluster would each put their own ids together, in no common order
  const [found] = await db.q<{ ids: string[] }>(
    `SELECT coalesce(json_agg(s.id), '[]') AS ids
     FROM (SELECT a.id FROM ${source} ${condition} ORDER BY a.bucket, a.id OFFSET 0) s`,
    params,
  );
  return found?.ids ?? [];
}
