import { afterAll, describe, expect, test } from "vitest";
import type { ChangeToMake, StagedAccount, Store } from "../../engine/ports.ts";
import type { Database } from "../db/database.ts";
import { storeOver } from "../index.ts";
import { accountRow, decided, decisionOf, evaluatedNow, moment } from "../testing/sample-rows.ts";
import { TODAY, touchOf } from "../testing/sample-rows.ts";
import { ENGINES, openMigratedDatabase } from "../testing/test-database.ts";

const IDS = ["a", "b", "c"];
const SAID = { by: "ann", reason: null, existing: "all", details: {} } as const;
/** Whatever an account has; of images what is handled is what makes an account not plain here. */
const TABLES = ["account", "account_state", "decision", "touch", "event", "outgoing"];

describe.each(ENGINES)("accounts of which only state and decision change on %s", (engine) => {
  const opened: Database[] = [];
  afterAll(() => Promise.all(opened.map((db) => db.close())));

  /** A book that goes live with a second and a third model, and back to the second. */
  async function changeBook(isPlain: boolean): Promise<{ at: string; rows: unknown }[]> {
    const db = await openMigratedDatabase(engine);
    opened.push(db);
    const store = storeOver(db, "test");
    const seen: { at: string; rows: unknown }[] = [];
    const note = async (at: string): Promise<void> => {
      seen.push({ at, rows: await rowsOf(db) });
    };
    await makeBook(store);
    const found = new Map<string, number>();
    for (const version of [2, 3]) {
      await change(store, applying(version), isPlain, async (id) => {
        const evaluated = await evaluatedNow(store, id, by(id, version));
        if (version === 3) found.set(id, evaluated.loaded.stateRev);
        return { evaluated };
      });
      await note(`live with ${version}`);
    }
    await change(store, { kind: "rollback", version: 2 }, isPlain, async (id) => {
      const foundAt = found.get(id) ?? null;
      const undo = { touches: [], events: [], pending: [], foundAt };
      return { evaluated: await evaluatedNow(store, id, by(id, 2)), undo };
    });
    await note("back at 2");
    return seen;
  }

  test("are stored by the database as one by one, to the row", async () => {
    const plain = await changeBook(true);
    expect(plain).toEqual(await changeBook(false));
    // each time something else was stored, and what each version found is kept for it
    expect(new Set(plain.map(({ rows }) => JSON.stringify(rows))).size).toBe(3);
    expect(JSON.stringify(plain)).toContain("account_image");
  });
});

async function makeBook(store: Store): Promise<void> {
  await store.intake.accounts(
    IDS.map((id) => accountRow(id)),
    moment(),
  );
  const model = { name: "one", hash: "one", source: "", messages: {}, by: null, reason: null };
  await store.models.add({ ...model, appliedAt: moment().now });
  for (const id of IDS) {
    const evaluated = await evaluatedNow(store, id, {
      ...by(id, 1),
      history: [decided(id, "low")],
      touches: [touchOf(id, "call")],
    });
    await store.accounts.save([evaluated], moment());
  }
}

/** What the version says of the account; the day is another one, too. */
function by(id: string, version: number) {
  const decision = {
    ...decisionOf(id, `level ${version}`),
    facts: { arr: version * 100, [id]: 1 },
  };
  const { state } = decided(id, "low", TODAY + version);
  return { modelVersion: version, day: TODAY + version, state, decision };
}

function applying(version: number): ChangeToMake["goal"] {
  const name = `model ${version}`;
  return { kind: "apply", version, model: { name, hash: name, source: "", messages: {} } };
}

async function change(
  store: Store,
  goal: ChangeToMake["goal"],
  isPlain: boolean,
  stage: (id: string) => Promise<StagedAccount>,
): Promise<void> {
  const staging = await store.changes.begin(moment().now);
  for (const id of IDS) {
    const one = await stage(id);
    // an event that is not there is handled: nothing else keeps it from being plain
    const evaluated = isPlain ? one.evaluated : { ...one.evaluated, handled: ["none"] };
    await store.changes.stage(staging, [{ ...one, evaluated }]);
  }
  const { seq } = await store.changes.head();
  expect(await store.changes.make(staging, { ...SAID, seq, goal }, moment())).toEqual({
    kind: "made",
  });
}

async function rowsOf(db: Database): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for (const table of TABLES) {
    const found = await db.q<{ row: string }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY to_jsonb(t)::text`,
    );
    rows.push([table, found]);
  }
  const images = await db.q(
    "SELECT to_jsonb(t) - 'handled' AS row FROM account_image t ORDER BY version, account",
  );
  return [...rows, ["account_image", images]];
}
