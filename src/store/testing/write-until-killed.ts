/**
 * Writes groups of rows into the data folder given until it is killed: three in a transaction, or 400 by COPY. Prints
 * `ack N` once group N is acknowledged.
 */
import fs from "node:fs";
import { openPglite } from "../db/pglite.ts";

const say = (line: string): number => fs.writeSync(1, `${line}\n`);

say("starting");
const [, , folder, template = ""] = process.argv;
const db = await openPglite({ folder, template: fs.readFileSync(template) });
await db.exec("CREATE TABLE IF NOT EXISTS written (n int, part int, filler text)");
const [last] = await db.q<{ n: number }>("SELECT coalesce(max(n), 0) AS n FROM written");
say("open");
for (let n = (last?.n ?? 0) + 1; ; n++) {
  if (n % 5 === 0) {
    const rows = Array.from({ length: 400 }, (_, part) => [n, part, "x".repeat(200)]);
    await db.copy("written", ["n", "part", "filler"], rows);
  } else {
    await db.tx(async (tx) => {
      for (let part = 0; part < 3; part++) {
        await tx.q("INSERT INTO written VALUES ($1, $2, 'x')", [n, part]);
      }
    });
  }
  say(`ack ${n}`);
  if (n % 50 === 0) await db.exec("CHECKPOINT");
}
