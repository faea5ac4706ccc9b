import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { account } from "../../engine/testing/book.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { bundledFiles } from "../compose-bundled.ts";
import { openTestApp } from "../testing/compose-test-app.ts";
import type { TestApp } from "../testing/test-app.ts";

const TEMPLATE = "four-tiers-hybrid";

interface Template {
  readonly name: string;
  readonly story: string;
  readonly suits: string;
  readonly levels: readonly unknown[];
}
interface Needs {
  readonly traits: readonly {
    readonly fact: string;
    readonly uses: readonly unknown[];
    readonly without: string;
  }[];
  readonly spare_traits: readonly string[];
}
interface Account {
  readonly level: string | null;
}

describe.each(ENGINES)("the first run, on %s", (engine) => {
  let app: TestApp;
  let folder: string | undefined;
  afterEach(async () => {
    await app.close();
    if (folder) await rm(folder, { recursive: true });
  });

  test("choices are kept in the database; the template's text gets them and stays as it is beside", async () => {
    app = await openTestApp(engine);
    expect((await app.csm.get("/api/first-run")).json()).toMatchObject({
      state: "empty",
      choice: null,
      demo: null,
    });
    const choice = {
      template: TEMPLATE,
      timezone: "Asia/Kuala_Lumpur",
      currency: "MYR",
      holidays: "MY",
      traits: { arr: "annual_revenue" },
      events: { report_view: "Report Viewed", monitoring_run: "Run" },
    };
    expect((await app.leader.put("/api/first-run", choice)).statusCode).toBe(403);
    const kept = await app.ops.put("/api/first-run", choice);
    expect(kept.json().choice, kept.body).toEqual(choice);
    const { source } = (await app.ops.get("/api/first-run/model")).json();
    expect(source).toContain("timezone: Asia/Kuala_Lumpur");
    expect(source).toMatch(/arr: .*from: annual_revenue/);
    expect(source).toMatch(/first_report: .*first: Report Viewed/);
    expect(source).toContain("# what the CRM knows");
    const valid = await app.ops.post("/api/models/validate", { source, messages: {} });
    expect(valid.json().ok, valid.body.slice(0, 500)).toBe(true);
    for (const wrong of [
      { ...choice, template: "none" },
      { ...choice, timezone: "Mars/Base" },
      { ...choice, traits: { nothing: "x" } },
    ])
      expect((await app.ops.put("/api/first-run", wrong)).statusCode).toBeGreaterThanOrEqual(400);
  });

  test("what a template asks for, what of it is here, and what happens without the rest", async () => {
    app = await openTestApp(engine);
    const items = (await app.ops.get("/api/templates")).json<{ items: readonly Template[] }>()
      .items;
    expect(items).toHaveLength(7);
    for (const one of items) {
      expect(one.story.length, one.name).toBeGreaterThan(60);
      expect(one.suits.length, one.name).toBeGreaterThan(40);
      expect(one.levels.length, one.name).toBeGreaterThanOrEqual(2);
    }
    const moment = { now: app.now, today: 20_514 };
    await app.store.intake.accounts(
      [account("acme", { traits: { arr: 5, seat: 3 } }), account("bolt", { traits: { arr: 7 } })],
      moment,
    );
    const needs = (await app.ops.get(`/api/templates/${TEMPLATE}/needs`)).json<Needs>();
    const trait = (name: string) => needs.traits.find(({ fact }) => fact === name);
    expect(trait("arr")).toMatchObject({ accounts: 2, meant: null, type: "number" });
    expect(trait("seats")).toMatchObject({ accounts: 0, meant: "seat" });
    expect(trait("seats")?.uses).toContainEqual({ block: "health", name: "seats_in_use" });
    expect(trait("seats")?.without).toContain("adoption unknown");
    expect(needs.spare_traits).toEqual(["seat"]);
    expect((await app.csm.get(`/api/templates/${TEMPLATE}/needs`)).statusCode).toBe(403);
    expect((await app.ops.get("/api/templates/none/needs")).json().code).toBe("unknown-template");
    expect((await app.csm.get("/api/first-run")).json().state).toBe("data");
  });

  test("the demo book: one request, watched till it decides, nothing leaves; never into data", async () => {
    folder = await smallDemo();
    app = await openTestApp(engine, { bundled: bundledFiles(folder) });
    expect((await app.leader.post("/api/first-run/demo", { confirm: true })).statusCode).toBe(403);
    expect((await app.ops.post("/api/first-run/demo", {})).statusCode).toBe(400);
    const begun = await app.ops.post("/api/first-run/demo", { confirm: true });
    expect(begun.statusCode, begun.body).toBe(202);
    const again = (await app.ops.post("/api/first-run/demo", { confirm: true })).json();
    expect(["import-running", "not-empty"]).toContain(again.code);
    await vi.waitFor(
      async () => {
        const { demo } = (await app.csm.get("/api/first-run")).json();
        expect(demo.error).toBeNull();
        expect(demo.phase).toBe("done");
      },
      { timeout: 60_000, interval: 200 },
    );
    expect((await app.csm.get("/api/first-run")).json()).toMatchObject({
      state: "live",
      accounts: 2,
      undecided: 0,
    });
    expect((await app.csm.get("/api/pauses")).json().items).toMatchObject([{ scope: "all" }]);
    const items = (await app.csm.get("/api/accounts")).json<{ items: readonly Account[] }>().items;
    expect(items.map(({ level }) => level)).not.toContain(null);
    expect((await app.ops.post("/api/first-run/demo", { confirm: true })).json().code).toBe(
      "not-empty",
    );
  });
});

/** The program's folder with the real template and a book of two. */
async function smallDemo(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "touchstone-bundled-"));
  const template = join(made, "templates", TEMPLATE);
  const examples = join(made, "examples", "saasguard");
  await mkdir(template, { recursive: true });
  await mkdir(examples, { recursive: true });
  const real = await bundledFiles().template(TEMPLATE);
  if (!real) throw new Error("the template is gone");
  await writeFile(join(template, "model.yaml"), real.source);
  await writeFile(join(template, "README.md"), real.readme);
  await mkdir(join(template, "messages"));
  for (const [name, text] of Object.entries(real.messages))
    await writeFile(join(template, "messages", `${name}.liquid`), text);
  await writeFile(join(examples, "book.csv"), "account_id,arr\nacme,150000\nbolt,2000\n");
  await writeFile(
    join(examples, "saasguard.import.yaml"),
    "files: { book: book.csv }\naccounts: select * from book\n",
  );
  expect(await readFile(join(examples, "book.csv"), "utf8")).toContain("acme");
  return made;
}
