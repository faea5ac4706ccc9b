import type { Json } from "../core/facts/types.ts";
import type { IntakeStore } from "../engine/ports.ts";
import type { Database } from "./db/database.ts";
import { json } from "./db/send-value.ts";
import { writeAccounts } from "./intake/write-accounts.ts";
import { writeContacts } from "./intake/write-contacts.ts";
import { writeEvents } from "./intake/write-events.ts";

export function intakeStore(db: Database): IntakeStore {
  return {
    accounts: (rows, moment) => db.tx((tx) => writeAccounts(tx, rows, moment)),
    contacts: (rows, moment) => db.tx((tx) => writeContacts(tx, rows, moment)),
    events: (rows, moment) => db.tx((tx) => writeEvents(tx, rows, moment)),
    async memory(source) {
      const [found] = await db.q<{ memory: Json }>(
        "SELECT memory FROM import_memory WHERE source = $1",
        [source],
      );
      return found?.memory ?? null;
    },
    async remember(source, memory) {
      await db.q(
        `INSERT INTO import_memory (source, memory) VALUES ($1, $2)
         ON CONFLICT (source) DO UPDATE SET memory = excluded.memory`,
        [source, json(memory)],
      );
    },
  };
}
