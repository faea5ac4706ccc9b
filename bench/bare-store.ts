import { createReadStream, createWriteStream, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type OpenDatabase, openDatabase } from "../src/store/db/open-database.ts";
import {
  ACCOUNT,
  ACCOUNT_TRAIT,
  CONTACT,
  CONTACT_TRAIT,
  EVENT,
  TOUCH,
} from "../src/store/shapes.ts";

/** What the database does where nobody decides anything: the least that a pass over it can cost. */

export interface BareWork {
  readonly rows: number;
  readonly bytes: number;
}

export interface BareFigures extends BareWork {
  readonly ms: number;
  readonly cpuMs: number;
}

/** The columns that deciding reads, table by table. */
const READ: readonly (readonly [table: string, columns: string])[] = [
  ["account", ACCOUNT.names()],
  ["account_state", "account, state"],
  ["account_trait", ACCOUNT_TRAIT.names()],
  ["contact", CONTACT.names()],
  ["contact_trait", CONTACT_TRAIT.names()],
  ["event", EVENT.names()],
  ["touch", TOUCH.names()],
];

/** Every row that a pass reads, by COPY: received and let go of. */
export async function scanBare(open: OpenDatabase): Promise<BareWork> {
  const db = await openDatabase(open);
  let [rows, bytes] = [0, 0];
  try {
    for (const [table, columns] of READ) {
      for await (const chunk of db.copyOut(`SELECT ${columns} FROM ${table}`)) {
        bytes += chunk.length;
        rows += linesOf(chunk);
      }
    }
  } finally {
    await db.close();
  }
  return { rows, bytes };
}

/** No value of the made-up book has a line of its own. */
function linesOf(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}

interface Written {
  readonly table: string;
  readonly columns: string;
  /** What the rows of `staged` do to the table; null: they are new, and go straight into it. */
  readonly put: string | null;
}

const WRITTEN: readonly Written[] = [
  {
    table: "account",
    columns: "bucket, id, decided_on, decided_news, decided_model, state_rev",
    put: `UPDATE account a SET decided_on = n.decided_on, decided_news = n.decided_news,
      decided_model = n.decided_model, state_rev = n.state_rev
      FROM staged n WHERE a.bucket = n.bucket AND a.id = n.id`,
  },
  {
    table: "account_state",
    columns: "bucket, account, state, decision, facts",
    put: `UPDATE account_state s SET state = n.state, decision = n.decision, facts = n.facts
      FROM staged n WHERE s.bucket = n.bucket AND s.account = n.account`,
  },
  {
    table: "decision",
    columns: "bucket, account, day, at, cause, model_version, level, stage, band, decision, state",
    put: null,
  },
  { table: "event", columns: `${EVENT.names()}, arrived`, put: null },
  {
    table: "touch",
    columns: TOUCH.names(),
    put: `INSERT INTO touch (${TOUCH.names()}) SELECT ${TOUCH.names()} FROM staged
      ON CONFLICT (bucket, account, key) DO UPDATE SET ${TOUCH.updates("bucket", "account", "key")}`,
  },
];

/** The rows that transactions from `mark` on wrote, as CSV files in a folder. */
export async function takeChanges(open: OpenDatabase, mark: number, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const db = await openDatabase(open);
  try {
    for (const { table, columns } of WRITTEN) {
      const changed = `SELECT ${columns} FROM ${table} WHERE xmin::text::int8 >= ${mark} ORDER BY 1, 2`;
      await pipeline(Readable.from(db.copyOut(changed)), createWriteStream(fileOf(folder, table)));
    }
  } finally {
    await db.close();
  }
}

/** The same rows written bare: one transaction, each table's staged by COPY and put by one statement. */
export async function writeBare(open: OpenDatabase, folder: string): Promise<BareWork> {
  const db = await openDatabase(open);
  let [rows, bytes] = [0, 0];
  try {
    await db.tx(async (tx) => {
      for (const { table, columns, put } of WRITTEN) {
        const file = fileOf(folder, table);
        const list = columns.split(/,\s*/);
        bytes += statSync(file).size;
        const target = put === null ? table : "staged";
        if (put !== null)
          await tx.exec(`CREATE TEMP TABLE staged AS SELECT ${columns} FROM ${table} LIMIT 0`);
        rows += await tx.copyCsv(target, list, wholeLines(file));
        if (put !== null) await tx.exec(`${put}; DROP TABLE staged`);
      }
    });
  } finally {
    await db.close();
  }
  return { rows, bytes };
}

/** Chunks that end where a line ends. */
async function* wholeLines(file: string): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = Buffer.alloc(0);
  for await (const read of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const chunk = Buffer.concat([rest, read as Buffer]);
    const end = chunk.lastIndexOf(10) + 1;
    if (end > 0) yield chunk.subarray(0, end);
    rest = chunk.subarray(end);
  }
  if (rest.length > 0) yield rest;
}

function fileOf(folder: string, table: string): string {
  return join(folder, `${table}.csv`);
}
