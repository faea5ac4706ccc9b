import type { StoredAccount, ToldBy } from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { loadInside, loadKnown } from "./load-accounts.ts";

type Facts = NonNullable<StoredAccount["facts"]>;

const FACTS = new RecordShape<{ readonly account: string; readonly facts: Facts }>({
  account: ["account", "text"],
  facts: ["facts", "json"],
});

/** Accounts with the facts that their decision of that day was made of; the others are read whole. */
export async function loadTold(
  tx: Session,
  ids: readonly string[],
  { day, modelVersion }: ToldBy,
): Promise<StoredAccount[]> {
  const found = await FACTS.read(
    tx,
    "s",
    `FROM account_state s
     JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id) ON s.bucket = k.bucket AND s.account = k.id
     JOIN account a ON a.bucket = s.bucket AND a.id = s.account
     WHERE s.facts IS NOT NULL AND a.decided_on - date '1970-01-01' = $3::int4
       AND a.decided_model = $4::int4 AND a.decided_news = a.news`,
    [...accountKeys(new Set(ids)), day, modelVersion],
  );
  const factsOf = new Map(found.map(({ account, facts }) => [account, facts]));
  const told = ids.filter((id) => factsOf.has(id));
  const rest = ids.filter((id) => !factsOf.has(id));
  const known = told.length === 0 ? [] : await loadKnown(tx, told);
  const whole = rest.length === 0 ? [] : await loadInside(tx, rest);
  const accounts = new Map(whole.map((account) => [account.id, account]));
  for (const account of known) {
    const facts = factsOf.get(account.id);
    if (facts) accounts.set(account.id, { ...account, facts });
  }
  return ids.flatMap((id) => accounts.get(id) ?? []);
}
