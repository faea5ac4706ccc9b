import type { Json } from "../core/facts/types.ts";
import { assertNever } from "../core/text/assert-never.ts";
import type { IntakeBatch, IntakeStore, Moment, WriteCounts } from "../engine/ports.ts";
import type { Database, Session } from "./db/database.ts";
import { json } from "./db/send-value.ts";
import { writeAccounts } from "./intake/write-accounts.ts";
import { writeContacts } from "./intake/write-contacts.ts";
import { writeEvents } from "./intake/write-events.ts";
import { writeMembers } from "./team-store.ts";

export function intakeStore(db: Database): IntakeStore {
  return {
    accounts: (rows, moment) => db.tx((tx) => writeAccounts(tx, rows, moment)),
    contacts: (rows, moment) => db.tx((tx) => writeContacts(tx, rows, moment)),
    events: (rows, moment) => db.tx((tx) => writeEvents(tx, rows, moment)),
    rehearse: (batch, moment) => rehearse(db, batch, moment),
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

/** Thrown so that a transaction leaves nothing behind. */
class Rehearsed extends Error {}

async function rehearse(db: Database, batch: IntakeBatch, moment: Moment): Promise<WriteCounts> {
  let counts: WriteCounts | undefined;
  try {
    await db.tx(async (tx) => {
      counts = await write(tx, batch, moment);
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
  if (!counts) throw new Error("the rehearsal counted nothing");
  return counts;
}

function write(tx: Session, batch: IntakeBatch, moment: Moment): Promise<WriteCounts> {
  switch (batch.of) {
    case "accounts":
      return writeAccounts(tx, batch.rows, moment);
    case "contacts":
      return writeContacts(tx, batch.rows, moment);
    case "events":
      return writeEvents(tx, batch.rows, moment);
    case "team":
      return writeMembers(tx, batch.rows);
    default:
      return assertNever(batch);
  }
}
