import { SMALL_MODEL } from "../../../src/engine/testing/small-model.ts";
import type { Desk } from "./command.ts";

const ACCOUNTS = 250;
const DAYS = 60;

/** Enough accounts and events that import and first decision take several batches. */
export function writeManyAccounts(desk: Desk): void {
  const accounts = ["account_id,created_at,arr,plan"];
  const events = ["account_id,event,at,user_id"];
  for (let n = 0; n < ACCOUNTS; n++) {
    accounts.push(`a${n},${day(-(n % 200) - 5)},${(n * 37) % 400},${n % 3 === 0 ? "pro" : "free"}`);
    // each logs in at its own pace, and some stop
    const stops = n % 5 === 0 ? -10 : 0;
    for (let ago = -DAYS; ago < stops; ago += 1 + (n % 4))
      events.push(`a${n},Logged In,${day(ago)}T08:00:00Z,u1`);
  }
  desk.write("accounts.csv", `${accounts.join("\n")}\n`);
  desk.write("events.csv", `${events.join("\n")}\n`);
  desk.write("model.yaml", SMALL_MODEL);
  desk.write(
    "book.import.yaml",
    "files: { a: accounts.csv, e: events.csv }\naccounts: select * from a\nevents: select * from e\n",
  );
}

/** A day before or after the second of March. */
function day(offset: number): string {
  return new Date(Date.UTC(2026, 2, 2 + offset)).toISOString().slice(0, 10);
}
