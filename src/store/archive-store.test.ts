import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../engine/ports.ts";
import { type Migration, readMigrations } from "./migrate.ts";
import {
  accountRow,
  contactRow,
  decided,
  evaluated,
  eventRow,
  moment,
  TODAY,
  touchOf,
} from "./testing/sample-rows.ts";
import { ENGINES } from "./testing/test-database.ts";
import { openTestStore } from "./testing/test-store.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-archive-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const ODD = 'a,"b"\n\\N \\. =cmd()\t日本😀';

async function fill(store: Store): Promise<void> {
  await store.models.add({
    name: "M",
    hash: "h",
    source: ODD,
    messages: { "a.en": ODD },
    appliedAt: moment().now,
    by: null,
    reason: "",
  });
  await store.team.write(
    [
      {
        id: "ann",
        name: ODD,
        email: null,
        role: null,
        access: "csm",
        hoursPerWeek: 0.1,
        pod: null,
        timezone: null,
        region: "",
        languages: ["en", ODD],
        skills: [],
        startsOn: TODAY,
        leave: [{ from: 1, to: 2 }],
      },
    ],
    moment(),
  );
  await store.settings.set("s", { z: 1, a: ODD });
  await store.intake.remember("f.yaml", { shiftDays: 2 });
  const ids = Array.from({ length: 300 }, (_, i) => `acc-${i}`);
  await store.intake.accounts(
    ids.map((id, i) =>
      accountRow(id, {
        name: ODD,
        createdAt: TODAY - i,
        traits: { arr: i / 3, odd: ODD },
        outcome: { churned: i % 2 === 0 },
      }),
    ),
    moment(),
  );
  await store.intake.contacts(
    ids.map((id) => contactRow(id, "c", { email: "a@b.test", traits: { t: -5 } })),
    moment(),
  );
  const events = Array.from({ length: 24_000 }, (_, i) =>
    eventRow(ids[i % 300]!, `m${i}`, { at: moment().now + i, properties: { n: i } }),
  );
  await store.intake.events(events, moment());
  await store.accounts.save(
    ids.map((id) =>
      evaluated(id, { history: [decided(id, "low")], touches: [touchOf(id, "1", { note: ODD })] }),
    ),
    moment(),
  );
  await store.audit.add({ by: null, what: "x", account: null, reason: ODD, details: {} }, moment());
}

/** Everything there is, as one value. */
async function contents(store: Store): Promise<unknown> {
  const ids = await store.accounts.ids({});
  return {
    accounts: await store.accounts.load(ids),
    traits: await store.accounts.traitNames(),
    model: await store.models.live(),
    team: await store.team.list(),
    setting: JSON.stringify(await store.settings.get("s")),
    memory: await store.intake.memory("f.yaml"),
    history: await store.decisions.history("acc-7", 9),
    touches: (await store.touches.list({})).length,
    audit: await store.audit.list({ limit: 99 }),
  };
}

const file = (name: string): string => path.join(folder, name);

describe.each(ENGINES)("from %s", (from) => {
  const other = from === "pglite" ? "postgres" : "pglite";
  let store: Store;
  let target: Store;
  let before: unknown;
  let counts: Readonly<Record<string, number>>;
  beforeAll(async () => {
    store = await openTestStore(from);
    await fill(store);
    before = await contents(store);
    counts = await store.archive.backup(file(from));
    target = await openTestStore(other);
  });
  afterAll(async () => {
    await store.close();
    await target.close();
  });

  test("a backup says how much is in it, and only its owner can read it", () => {
    expect(counts).toMatchObject({
      account: 300,
      event: 24_000,
      contact: 300,
      decision: 300,
      touch: 300,
      account_outcome: 300,
    });
    expect(fs.statSync(file(from)).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  describe("what is no whole backup is refused, and nothing is written", () => {
    let whole: Buffer;
    beforeEach(() => {
      whole = fs.readFileSync(file(from));
    });
    const damaged = (content: Uint8Array): string => {
      fs.writeFileSync(file("damaged"), content);
      return file("damaged");
    };

    test.each<[string, (whole: Buffer) => Uint8Array, string]>([
      ["cut off", (bytes) => bytes.subarray(0, bytes.length / 2), "backup-damaged"],
      [
        "cut off between two parts",
        (bytes) => gzipSync(gunzipSync(bytes).subarray(0, 512 * 4)),
        "backup-damaged",
      ],
      [
        "with a changed value",
        (bytes) => gzipSync(replaced(gunzipSync(bytes), "acc-77,", "acc-78,")),
        "backup-damaged",
      ],
      ["of another kind", () => gzipSync("hello"), "backup-damaged"],
      ["empty", () => new Uint8Array(), "backup-damaged"],
      [
        "of a later format",
        (bytes) => gzipSync(replaced(gunzipSync(bytes), '"format": 1', '"format": 2')),
        "backup-newer",
      ],
      [
        "of a later schema",
        (bytes) => {
          const { version } = schema();
          const later = "9".repeat(String(version).length);
          return gzipSync(
            replaced(gunzipSync(bytes), `"schema": ${version}`, `"schema": ${later}`),
          );
        },
        "backup-newer",
      ],
    ])("%s", async (_, change, code) => {
      await expect(target.archive.restore(damaged(change(whole)))).rejects.toMatchObject({ code });
      expect(await target.accounts.counts()).toEqual({
        accounts: 0,
        contacts: 0,
        events: 0,
        touches: 0,
        decisions: 0,
      });
    });

    test("not there", async () => {
      await expect(target.archive.restore(file("nowhere"))).rejects.toMatchObject({
        code: "backup-missing",
      });
    });
  });

  test("restored on the other database everything is as it was, and numbers go on", async () => {
    expect(await target.archive.restore(file(from))).toEqual(counts);
    expect(await contents(target)).toEqual(before);
    await target.intake.events([eventRow("acc-7", "new", { at: moment().now + 7 })], moment());
    await target.audit.add(
      { by: null, what: "y", account: null, reason: null, details: {} },
      moment(),
    );
    const [account] = await target.accounts.load(["acc-7"]);
    expect(account!.events.slice(0, 2).map(({ id }) => id)).toEqual(["m7", "new"]);
  });

  test("a database in use is left alone", async () => {
    await expect(store.archive.restore(file(from))).rejects.toMatchObject({
      code: "database-not-empty",
    });
    expect(await contents(store)).toEqual(before);
  });

  test("two backups of the same data hold the same parts", async () => {
    await store.archive.backup(file("again"));
    const parts = (name: string) => gunzipSync(fs.readFileSync(file(name))).subarray(1024);
    expect(parts("again").equals(parts(from))).toBe(true);
  });

  test("an export has every table as CSV and JSON lines, and no cell that a spreadsheet would run", async () => {
    const out = file(`export-${from}`);
    expect(await store.archive.exportTo(out)).toEqual(counts);
    const jsonLines = fs
      .readFileSync(path.join(out, "account_trait.jsonl"), "utf8")
      .trimEnd()
      .split("\n");
    expect(jsonLines).toHaveLength(600);
    expect(JSON.parse(jsonLines[0]!)).toEqual({
      account: expect.stringMatching(/^acc-/) as string,
      trait: "arr",
      from_on: expect.stringMatching(/^20\d\d-/) as string,
      arrived: "2026-03-02T09:00:00+00:00",
      value: expect.any(Number) as number,
    });
    const csv = fs.readFileSync(path.join(out, "team_member.csv"), "utf8");
    expect(csv.split("\n")[0]).toBe(
      "id,name,email,role,access,hours_per_week,pod,timezone,region,languages,skills,starts_on,leave,ends_on",
    );
    await store.archive.exportTo(out);
    fs.mkdirSync(file(`full-${from}`));
    fs.writeFileSync(path.join(file(`full-${from}`), "account.csv"), "mine");
    await expect(store.archive.exportTo(file(`full-${from}`))).rejects.toMatchObject({
      code: "folder-not-empty",
    });
  });

  test("doctor learns what database it is and whether it is durable", async () => {
    const found = await store.archive.health();
    expect(found.map(({ name }) => name)).toEqual(["database", "size", "schema", "durability"]);
    expect(found[2]).toEqual({ name: "schema", ok: true, value: schema().name });
    // The tests' servers forgo fsync for speed; so does a database in memory.
    expect(found[3]).toMatchObject({ ok: false, mend: expect.stringMatching(/fsync/) as string });
  });
});

/** The newest that this program knows. */
function schema(): Migration {
  const newest = readMigrations().at(-1);
  if (!newest) throw new Error("there are no migrations");
  return newest;
}

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  const at = bytes.indexOf(from);
  expect(at).toBeGreaterThan(0);
  const copy = Buffer.from(bytes);
  copy.write(to, at);
  return copy;
}
