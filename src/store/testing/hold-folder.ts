/** Opens the data folder given and keeps it; prints `open`, or the code of the refusal. */
import { openPglite } from "../db/pglite.ts";
import { StoreError } from "../store-error.ts";

try {
  const db = await openPglite({ folder: process.argv[2] });
  await db.exec("CREATE TABLE IF NOT EXISTS opened (pid int)");
  await db.q("INSERT INTO opened VALUES ($1)", [process.pid]);
  process.stdout.write("open\n");
  process.stdin.resume();
  process.stdin.on("end", () => void db.close());
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  process.stdout.write(`${error.code} ${error.message}\n`);
}
