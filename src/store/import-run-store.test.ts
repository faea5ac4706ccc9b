import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store, WholeImportRun } from "../engine/ports.ts";
import { account, contact } from "../engine/testing/book.ts";
import { ENGINES } from "./testing/test-database.ts";
import { openTestStore } from "./testing/test-store.ts";

const MOMENT = { now: 1_772_000_000_000, today: 20_509 };

function run(id: string, more: Partial<WholeImportRun> = {}): WholeImportRun {
  return {
    id,
    startedAt: MOMENT.now,
    seenAt: MOMENT.now,
    endedAt: null,
    status: "running",
    source: "crm.csv",
    kind: "accounts",
    file: "crm.csv",
    by: "ops",
    counts: {},
    rejected: 0,
    badLines: 0,
    warnings: [],
    error: null,
    rejects: [],
    definition: null,
    ...more,
  };
}

describe.each(ENGINES)("imports on record, on %s", (engine) => {
  let store: Store;
  beforeEach(async () => {
    store = await openTestStore(engine);
  });
  afterEach(() => store.close());

  test("newest first, a page at a time; what ended says no more how far it is", async () => {
    const counts = { accounts: { read: 3, written: 0, unchanged: 0, rejected: 0, done: 2 } };
    await store.importRuns.save(run("a"));
    await store.importRuns.save(run("b"));
    await store.importRuns.save(run("c", { startedAt: MOMENT.now + 5 }));
    await store.importRuns.progress({ id: "a", seenAt: MOMENT.now + 1, counts, rejected: 1 });
    const [first, second] = await store.importRuns.list(2);
    expect([first?.id, second?.id]).toEqual(["c", "b"]);
    const rest = await store.importRuns.list(2, { startedAt: MOMENT.now, id: "b" });
    expect(rest).toMatchObject([{ id: "a", counts, rejected: 1, seenAt: MOMENT.now + 1 }]);
    await store.importRuns.save(run("a", { status: "done", endedAt: MOMENT.now + 9 }));
    await store.importRuns.progress({ id: "a", seenAt: MOMENT.now + 10, counts, rejected: 7 });
    expect(await store.importRuns.one("a")).toMatchObject({ status: "done", rejected: 0 });
    expect(await store.importRuns.one("z")).toBeNull();
  });

  test("rejected rows of old imports are dropped, their number stays; those of newer ones are kept", async () => {
    const rejects = [{ statement: "accounts", row: 1, reason: "no key", content: { name: "x" } }];
    const later = { startedAt: MOMENT.now + 5, rejected: 1, rejects };
    await store.importRuns.save(run("old", { rejected: 1, rejects }));
    await store.importRuns.save(run("new", later));
    await store.importRuns.tidy(MOMENT.now + 5);
    expect(await store.importRuns.one("old")).toMatchObject({ rejected: 1, rejects: [] });
    expect(await store.importRuns.one("new")).toMatchObject(later);
  });

  test("who is erased is in no rejected row any more", async () => {
    await store.intake.accounts([account("acme")], MOMENT);
    await store.intake.contacts([contact("acme", "ann", { email: "Ann@Acme.test" })], MOMENT);
    const reject = (email: string) => ({
      statement: "contacts",
      row: 1,
      reason: "no key",
      content: { email },
    });
    await store.importRuns.save(run("hers", { rejects: [reject("ann@acme.test")] }));
    await store.importRuns.save(run("his", { rejects: [reject("bob@acme.test")] }));
    const audit = {
      by: "admin",
      what: "contact erased",
      account: "acme",
      reason: null,
      details: {},
    };
    await store.privacy.erase(
      { account: "acme", id: "ann" },
      { audit, pseudonym: () => "erased-1", hash: (text) => text, suppressAll: false },
      MOMENT,
    );
    expect((await store.importRuns.one("hers"))?.rejects).toEqual([]);
    expect((await store.importRuns.one("his"))?.rejects).toHaveLength(1);
  });

  test("a rehearsal counts what would be written and writes nothing", async () => {
    await store.intake.accounts([account("acme", { name: "Acme" })], MOMENT);
    const rows = [account("acme", { name: "Acme" }), account("bolt", { name: "Bolt" })];
    const counts = await store.intake.rehearse({ of: "accounts", rows }, MOMENT);
    expect(counts).toMatchObject({ written: 1, unchanged: 1, refused: [] });
    expect((await store.accounts.counts()).accounts).toBe(1);
    const people = await store.intake.rehearse(
      { of: "contacts", rows: [contact("bolt", "bo")] },
      MOMENT,
    );
    expect(people.refused).toHaveLength(1);
    expect((await store.intake.accounts(rows, MOMENT)).written).toBe(1);
  });

  test("gaps: accounts of nobody, without people, people without an address; none that ended", async () => {
    await store.intake.accounts(
      [
        account("acme", { owner: "csm" }),
        account("bolt"),
        account("gone", { closedAt: MOMENT.today - 3 }),
      ],
      MOMENT,
    );
    await store.intake.contacts(
      [
        contact("acme", "ann", { email: "a@x.test" }),
        contact("acme", "bob", { name: "Bob" }),
        contact("gone", "gil"),
      ],
      MOMENT,
    );
    expect(await store.quality.gaps()).toEqual({
      accounts: 2,
      withoutOwner: 1,
      withoutContacts: 1,
      contacts: 2,
      withoutEmail: 1,
    });
    expect(await store.quality.rows("owner", 5)).toMatchObject([{ account: "bolt" }]);
    expect(await store.quality.rows("contacts", 5)).toMatchObject([{ account: "bolt" }]);
    const [one] = await store.quality.rows("email", 1);
    expect(one).toMatchObject({
      account: "acme",
      contact: "bob",
      contactName: "Bob",
      owner: "csm",
    });
    expect(await store.quality.rows("email", 5, { account: "acme", contact: "bob" })).toEqual([]);
  });
});
