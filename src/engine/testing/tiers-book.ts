import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Chance } from "../../core/account/testing/random-life.ts";
import type { Day } from "../../core/time/day.ts";
import { formatDay } from "../../core/time/day.ts";
import type { ModelFiles } from "../check-model.ts";
import type { AccountRow, ContactRow, EventRow } from "../ports.ts";
import { account, type Book, contact, login } from "./book.ts";

const FOLDER = fileURLToPath(new URL("../../../templates/four-tiers-hybrid/", import.meta.url));

/** The demo's model with its messages. */
export function tiersModel(change: (source: string) => string = (source) => source): ModelFiles {
  const messages = readdirSync(`${FOLDER}messages`).map((file) => [
    file.replace(/\.liquid$/, ""),
    readFileSync(`${FOLDER}messages/${file}`, "utf8"),
  ]);
  const source = change(readFileSync(`${FOLDER}model.yaml`, "utf8"));
  return {
    file: "model.yaml",
    source,
    messages: Object.fromEntries(messages) as ModelFiles["messages"],
  };
}

/** With high touch from 60,000 on rather than 100,000. */
export function lowerThreshold(source: string): string {
  return source
    .replaceAll("arr >= 100000", "arr >= 60000")
    .replace("open_expansion >= 100000", "open_expansion >= 60000");
}

const ARR = [2000, 8000, 30_000, 50_000, 62_000, 75_000, 90_000, 120_000, 300_000, 600_000];
const USES = ["report_view", "integration_connect", "monitoring_run", "Logged In"];

/** Brings in made-up accounts of all sizes and ages, with people who use the product. */
export async function importTiers(book: Book, count: number, today: Day): Promise<void> {
  const chance = new Chance(5);
  const accounts: AccountRow[] = [];
  const contacts: ContactRow[] = [];
  const events: EventRow[] = [];
  for (let n = 0; n < count; n++) {
    const id = `acc-${n}`;
    const traits = {
      arr: chance.of(ARR) ?? 0,
      plan: chance.of(["free", "starter", "growth", "enterprise"]) ?? "free",
      seats: 2 + chance.whole(6),
      champion: chance.whole(2) === 0,
      growth_potential: chance.of(["low", "medium", "high"]) ?? "low",
      renewal_date: formatDay(today + 10 + chance.whole(300)),
    };
    accounts.push(
      account(id, { name: `Company ${n}`, createdAt: today - chance.whole(400), traits }),
    );
    for (const role of ["admin", "user"])
      contacts.push(contact(id, `${id}-${role}`, { role, email: `${role}@${id}.test` }));
    for (let use = 0; use < 12; use++) {
      const event = chance.of(USES) ?? "Logged In";
      const day = today - 1 - chance.whole(40);
      events.push(login(id, day, { event, userId: `${id}-admin`, messageId: `${id}-${use}` }));
    }
  }
  await book.import({ accounts, contacts, events });
}
