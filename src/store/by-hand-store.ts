import type { ByHandStore } from "../engine/ports.ts";
import { lockAccounts } from "./account-keys.ts";
import { addAudit } from "./audit-store.ts";
import type { Database } from "./db/database.ts";
import { writeAccounts } from "./intake/write-accounts.ts";
import { writeContacts } from "./intake/write-contacts.ts";
import { writeEnd, writeMembers } from "./team-store.ts";

export function byHandStore(db: Database): ByHandStore {
  return {
    account: (row, audit, moment, factsRev) =>
      db.tx(async (tx) => {
        const present = (await lockAccounts(tx, [row.accountId])).get(row.accountId);
        if (!present) throw new Error(`there is no account ${row.accountId}`);
        if (factsRev !== undefined && factsRev !== present.factsRev) return false;
        await writeAccounts(tx, [row], moment, undefined, true);
        await addAudit(tx, audit, moment.now);
        return true;
      }),
    contact: (row, audit, moment) =>
      db.tx(async (tx) => {
        const { refused } = await writeContacts(tx, [row], moment);
        const [first] = refused;
        if (first) return first.reason;
        await addAudit(tx, audit, moment.now);
        return null;
      }),
    member: (row, audit, moment) =>
      db.tx(async (tx) => {
        await writeMembers(tx, [row]);
        await writeEnd(tx, row, moment.today);
        await addAudit(tx, audit, moment.now);
      }),
  };
}
