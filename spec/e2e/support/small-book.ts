import { SMALL_MODEL } from "../../../src/engine/testing/small-model.ts";
import type { Desk } from "./command.ts";

/** The clock of these tests: a Monday morning. */
export const NOW = "2026-03-02T09:00:00Z";

const ACCOUNTS = `account_id,account_name,owner,created_at,arr,plan,headcount
acme,Acme,ann,2025-11-01,300,pro,12
bolt,Bolt,,2026-01-20,20,free,
cove,"Cove, Ltd",,2026-02-25,30,free,3
`;

const CONTACTS = `contact_id,account_id,email,name,role
a1,acme,ada@acme.test,Ada Lovelace,admin
`;

const EVENTS = `account_id,event,at,user_id
acme,Logged In,2026-02-02T08:00:00Z,u1
acme,Logged In,2026-02-08T08:00:00Z,u1
acme,Logged In,2026-02-14T08:00:00Z,u1
acme,Logged In,2026-02-20T08:00:00Z,u1
acme,Logged In,2026-02-27T08:00:00Z,u1
acme,Logged In,2026-03-01T08:00:00Z,u1
acme,Logged In,2026-03-01T08:00:00Z,u2
cove,Logged In,2026-02-26T08:00:00Z,u1
`;

const SCENARIOS = `model: model.yaml
cases:
  - name: who is worth a lot is high touch
    at: 2026-03-02T09:00:00Z
    account: { id: a, traits: { arr: 500 } }
    expect: { level: high }
`;

/** Three accounts, a contact, four events and a model, as files. */
export function writeSmallBook(desk: Desk): void {
  desk.write("accounts.csv", ACCOUNTS);
  desk.write("contacts.csv", CONTACTS);
  desk.write("events.csv", EVENTS);
  desk.write("model.yaml", SMALL_MODEL);
  desk.write("scenarios.yaml", SCENARIOS);
  desk.write(
    "book.import.yaml",
    `files: { a: accounts.csv, c: contacts.csv, e: events.csv }
accounts: select * from a
contacts: select * from c
events: select * from e
team: select 'ann' as id, 'Ann Miles' as name, 40 as hours_per_week
`,
  );
}

/** `--data FOLDER` or `--database URL`: brings the small book in and makes its model live. */
export async function loadSmallBook(desk: Desk, ...where: readonly string[]): Promise<void> {
  writeSmallBook(desk);
  for (const args of [
    ["import", "book.import.yaml"],
    ["apply", "model.yaml", "--since", "2026-02-03"],
  ]) {
    const { code, err } = await desk.run(...args, ...where);
    if (code !== 0) throw new Error(`${args.join(" ")}: ${err}`);
  }
}
