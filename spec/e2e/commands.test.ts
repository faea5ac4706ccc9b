import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desk, lines, ROOT } from "./support/command.ts";
import { loadSmallBook, NOW } from "./support/small-book.ts";

/** contracts.md §5, to the letter. */
const TOUCH_KEYS = (
  "id account contact touchpoint title program run step occurrence due starts_at channel by accountable owner minutes " +
  "minutes_spent purpose drives status result reason note action_items planned_at done_at model_version"
).split(" ");

/** contracts.md §4; more may be there. */
const DECISION_KEYS = [
  "account",
  "at",
  "model",
  "facts",
  "missing",
  "health",
  "stage",
  "segments",
  "level",
  "programs",
];

const COMMANDS =
  "demo init validate test schema import plan apply rollback decide overview explain accounts facts touches touch account backup restore export doctor";

interface TouchList {
  readonly touches: readonly {
    readonly id: string;
    readonly account: string;
    readonly [key: string]: unknown;
  }[];
}

describe("a first day, command by command", () => {
  const desk = new Desk({ TOUCHSTONE_NOW: NOW });
  beforeAll(() => loadSmallBook(desk));
  afterAll(() => desk.remove());

  test("decide --json prints a decision per line, with the contract's keys, and nothing else", async () => {
    const { code, out, err } = await desk.run("decide", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const decisions = lines(out);
    expect(decisions.map(({ account }) => account).toSorted()).toEqual(["acme", "bolt", "cove"]);
    for (const decision of decisions)
      expect(Object.keys(decision)).toEqual(expect.arrayContaining(DECISION_KEYS));
    expect(decisions.find(({ account }) => account === "acme")).toMatchObject({
      at: "2026-03-02",
      model: {
        name: "Small book",
        version: 1,
        hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      },
      facts: { arr: 300, plan: "pro", champion: false, employees: null, logins_7d: 3 },
      missing: ["employees", "renewal_date", "last_call"],
      health: {
        score: 60,
        band: "yellow",
        coverage: 1,
        measures: { usage: { score: 60, weight: 1, share: 1 } },
        caps: [],
      },
      stage: {
        name: "onboarding",
        since: "2026-02-03",
        status: "on_track",
        exit: { called: { met: false } },
        moves: [],
      },
      segments: { worth: { name: "big" }, quiet: { in: false } },
      level: {
        name: "high",
        base: "high",
        held: false,
        pinned: null,
        steps: [
          {
            rule: 'segments.worth == "big"',
            effect: "set high",
            applied: true,
            before: null,
            after: "high",
          },
          { name: "quiet ones are called", effect: "at least high", before: "high", after: "high" },
        ],
      },
      programs: [{ name: "regular", run: 1, since: "2026-02-03" }],
    });
  });

  test("decide says what it did, and computes a past day", async () => {
    expect((await desk.run("decide")).out).toBe(
      "2026-03-02: 0 accounts of 3 evaluated.\n  Nothing moved.\n",
    );
    const past = lines((await desk.run("decide", "--at", "2026-02-20", "--json")).out);
    expect(past.map(({ account, at }) => [account, at]).toSorted()).toEqual([
      ["acme", "2026-02-20"],
      ["bolt", "2026-02-20"],
    ]);
  });

  test("explain reads in sentences; --json has each rule's text, result, values and parts", async () => {
    const { out } = await desk.run("explain", "acme");
    expect(out).toContain("Acme (acme), looked after by Ann Miles");
    expect(out).toContain("That is its base level, and no adjustment changes it.");
    expect(out).toContain('+ high, because segments.worth == "big" holds (segments.worth is big)');
    expect(out).toContain("last_call is unknown");
    expect(out).toContain("employees, renewal_date and last_call.");
    expect(out).toMatch(/If arr were .* \(it is 300 now\), the rules would ask for low touch\./);
    const found = await desk.json<{ rules: { segments: Record<string, Record<string, unknown>> } }>(
      "explain",
      "acme",
    );
    expect(found.rules.segments["worth"]?.["big"]).toEqual({
      text: "arr >= 100",
      result: true,
      actual: { arr: 300 },
      children: [],
    });
    expect(found.rules.segments["quiet"]?.["when"]).toMatchObject({
      text: "logins_7d == 0 && account_age_days >= 10",
      result: false,
      children: [
        { text: "logins_7d == 0", result: false, actual: { logins_7d: 3 } },
        { text: "account_age_days >= 10", result: true, actual: { account_age_days: 121 } },
      ],
    });
    expect(found).toMatchObject({
      level: {
        steps: [
          { text: 'segments.worth == "big"', result: true, actual: { "segments.worth": "big" } },
          {},
        ],
      },
    });
  });

  test("overview, accounts and facts show the book", async () => {
    const overview = await desk.run("overview");
    expect(overview.out).toContain("3 accounts, €350 arr");
    expect(overview.out).toContain("Ann Miles");
    expect(await desk.json("overview")).toMatchObject({
      accounts: 3,
      revenue: 350,
      today: "2026-03-02",
      in_need: [{ name: "Bolt" }, { name: "Cove, Ltd" }],
    });
    const accounts = await desk.run("accounts", "--where", "arr < 100", "--sort", "-arr", "--csv");
    expect(
      accounts.out
        .split("\n")
        .slice(1, 3)
        .map((line) => line.slice(0, 16)),
    ).toEqual(['cove,"Cove, Ltd"', "bolt,Bolt,,high,"]);
    expect(await desk.json("accounts", "--limit", "1")).toMatchObject({
      total: 3,
      accounts: [{ level: "high" }],
    });
    const facts = await desk.run("facts");
    expect(facts.out).toContain('no trait "head_count" in the data; is it "headcount"?');
    expect(facts.out).toContain("free (2), pro (1)");
  });

  test("touches have the contract's keys; one is scheduled, done, skipped, added", async () => {
    const { touches } = await desk.json<TouchList>("touches", "--account", "acme");
    const [first, second] = touches;
    expect(Object.keys(first ?? {})).toEqual(expect.arrayContaining(TOUCH_KEYS));
    const scheduled = await desk.run(
      "touch",
      "schedule",
      first?.id ?? "",
      "--starts-at",
      "2026-03-04T15:00:00Z",
      "--with",
      "Ada Lovelace",
      "--json",
    );
    expect(scheduled.err).toContain("The invitations are in the outbox");
    expect(JSON.parse(scheduled.out)).toMatchObject({
      touch: {
        due: "2026-03-04",
        starts_at: "2026-03-04T15:00:00Z",
        reason: "moved by hand: appointment fixed with Ada Lovelace",
      },
    });
    const done = await desk.json(
      "touch",
      "done",
      first?.id.slice(0, 8) ?? "",
      "--result",
      "held",
      "--minutes",
      "25",
      "--note",
      "fine",
      "--set",
      "champion=true",
    );
    expect(done).toMatchObject({
      touch: { status: "done", result: "held", minutes_spent: 25, note: "fine" },
      moved: [
        { account: "acme", name: "Acme", from: { stage: "onboarding" }, to: { stage: "growth" } },
      ],
    });
    expect(
      (await desk.run("touch", "skip", second?.id ?? "", "--reason", "closed for the holidays"))
        .out,
    ).toContain("skipped");
    expect(await desk.json("touch", "add", "bolt", "call", "--due", "2026-03-20")).toMatchObject({
      touch: { account: "bolt", program: null, status: "planned" },
    });
    expect(lines((await desk.run("decide", "--account", "acme", "--json")).out)).toMatchObject([
      { facts: { champion: true } },
    ]);
  });

  test("an account is pinned and unpinned, its stage is set", async () => {
    expect(
      (
        await desk.run(
          "account",
          "pin",
          "cove",
          "high",
          "--until",
          "2026-03-09",
          "--reason",
          "board",
        )
      ).out,
    ).toContain("level low -> high");
    expect((await desk.run("account", "unpin", "cove", "--reason", "over")).out).toContain(
      "level high -> low",
    );
    expect(
      await desk.json("account", "stage", "cove", "growth", "--reason", "known"),
    ).toMatchObject({ moved: [{ to: { stage: "growth" } }] });
  });

  test("a backup restored elsewhere, and an export, hold the same", async () => {
    const before = (await desk.run("decide", "--json")).out;
    expect((await desk.run("backup", "all.backup")).code).toBe(0);
    const restored = await desk.json<{ rows: Record<string, number> }>(
      "restore",
      "all.backup",
      "--data",
      "other",
    );
    expect(restored.rows["account"]).toBe(3);
    expect((await desk.run("decide", "--json", "--data", "other")).out).toBe(before);
    expect((await desk.run("export", "exported")).code).toBe(0);
    expect(readdirSync(desk.path("exported"))).toEqual(
      expect.arrayContaining(["account.csv", "touch.jsonl"]),
    );
    expect(readFileSync(desk.path("exported", "account.csv"), "utf8")).toContain('"Cove, Ltd"');
  });

  test("doctor says what is kept where and what to mend", async () => {
    const { code, out } = await desk.run("doctor", "--json");
    // a trait that nothing brings in is something to mend
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([expect.objectContaining({ name: "decisions", ok: true })]),
    });
  });

  test("a later model asks first, and is applied whole", async () => {
    desk.write(
      "later.yaml",
      readFileSync(desk.path("model.yaml"), "utf8").replace("big: arr >= 100", "big: arr >= 500"),
    );
    const asked = await desk.run("apply", "later.yaml");
    expect(asked).toMatchObject({ code: 2, out: "" });
    expect(asked.err).toContain("Say --yes");
    const { code, out, err } = await desk.run(
      "apply",
      "later.yaml",
      "--yes",
      "--reason",
      "trial",
      "--json",
    );
    expect(code).toBe(0);
    expect(err).not.toContain("error");
    expect(JSON.parse(out)).toMatchObject({
      version: 2,
      is_new: true,
      decided: 3,
      plan: { live: { version: 1 }, accounts: { total: 3, moving: 1 } },
    });
  });

  test("the same import again changes nothing", async () => {
    expect(await desk.json("import", "book.import.yaml")).toMatchObject({
      counts: {
        accounts: { read: 3, written: 0, unchanged: 3, rejected: 0 },
        events: { read: 8, written: 0, unchanged: 8 },
      },
      rejects_file: null,
    });
  });
});

describe("without data", () => {
  const desk = new Desk({ TOUCHSTONE_NOW: NOW }, "touchstone é 東京 ");
  afterAll(() => desk.remove());

  test("init writes a template that validates and passes its own scenarios", async () => {
    const listed = await desk.json<{ templates: { name: string }[] }>("init", "--list");
    expect(listed.templates).toHaveLength(7);
    expect((await desk.run("init", "my model", "--template", "value-tiers")).code).toBe(0);
    expect(existsSync(desk.path("my model", "model.schema.json"))).toBe(true);
    expect(await desk.json("validate", "my model")).toMatchObject({ ok: true });
    const tested = await desk.run("test", "my model");
    expect(tested.code).toBe(0);
    expect(tested.out).toMatch(/\n\d+ passed, 0 failed\n$/);
    expect(await desk.run("init", "my model")).toMatchObject({ code: 2, out: "" });
  });

  test("validate --json gives every diagnostic with the contract's keys, and exit code 1", async () => {
    desk.write("broken.yaml", readFileSync(`${ROOT}spec/broken/01-misspelt-fact.yaml`, "utf8"));
    const { code, out, err } = await desk.run("validate", "broken.yaml", "--json");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const { ok, diagnostics } = JSON.parse(out) as {
      ok: boolean;
      diagnostics: Record<string, unknown>[];
    };
    expect(ok).toBe(false);
    for (const key of [
      "code",
      "severity",
      "message",
      "file",
      "line",
      "column",
      "end_column",
      "hint",
    ]) {
      expect(diagnostics[0]).toHaveProperty(key);
    }
  });

  test("test gives exit code 1 for a failing scenario and says so in its last line", async () => {
    desk.write(
      "s.yaml",
      `model: my model/model.yaml\ncases:\n  - name: wrong\n    at: 2026-03-02T09:00:00Z\n    account: { id: a, traits: {} }\n    expect: { level: nonsense }\n`,
    );
    const { code, out } = await desk.run("test", "s.yaml");
    expect(code).toBe(1);
    expect(out).toMatch(/\n0 passed, 1 failed\n$/);
  });

  test("schema prints a JSON Schema", async () => {
    expect(JSON.parse((await desk.run("schema")).out)).toHaveProperty("properties.touchstone");
  });

  test.each(COMMANDS.split(" "))(
    "%s --help says what it is for and how it is called",
    async (command) => {
      const { code, out, err } = await desk.run(command, "--help");
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toMatch(new RegExp(`^Usage: touchstone ${command} `));
      expect(out).not.toMatch(/undefined|\[object/);
      expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    },
  );
});
