/**
 * Opens the data folder given (made from the template given, where it is new) and keeps it until
 * its input ends; prints `open`, or the code of the refusal.
 */
import fs from "node:fs";
import { openPglite } from "../db/pglite.ts";
import { StoreError } from "../store-error.ts";

const [, , folder, template = ""] = process.argv;
try {
  const db = await openPglite({ folder, template: fs.readFileSync(template) });
  await db.exec("CREATE TABLE IF NOT EXISTS opened (pid int)");
  await db.q("INSERT INTO opened VALUES ($1)", [process.pid]);
  process.stdout.write("open\n");
  process.stdin.resume();
  process.stdin.on("end", () => void db.close());
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  process.stdout.write(`${error.code} ${error.message}\n`);
}
