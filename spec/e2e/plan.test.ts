import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LATER_MODEL } from "../../src/engine/testing/small-model.ts";
import { Desk } from "./support/command.ts";
import { loadSmallBook, NOW } from "./support/small-book.ts";

const desk = new Desk({ TOUCHSTONE_NOW: NOW });

beforeAll(async () => {
  await loadSmallBook(desk);
  desk.write("later.yaml", LATER_MODEL);
});
afterAll(() => desk.remove());

interface Plan {
  readonly is_same: boolean;
  readonly today: string;
  readonly live: { readonly version: number };
  readonly accounts: { readonly moving: number };
  readonly moves: readonly { readonly account: string }[];
}

test("plan says what would change, keeps it on request, and writes nothing else", async () => {
  const { code, out } = await desk.run("plan", "later.yaml", "--out", "plan.json");
  expect(code).toBe(0);
  expect(out).toContain("It would replace version 1 (Small book). 1 account of 3 moves");
  expect(out).toContain("segment worth: big needs arr of at least 500 EUR, was 100");
  expect(out).toContain("Make it live with `touchstone apply plan.json`.");
  const plan = await desk.json<Plan>("plan", "later.yaml");
  expect(plan).toMatchObject({
    today: "2026-03-02",
    live: { version: 1 },
    accounts: { moving: 1 },
  });
  expect(plan.moves.map(({ account }) => account)).toEqual(["acme"]);
});

test("--out never takes the place of what is no plan", async () => {
  const before = readFileSync(desk.path("model.yaml"), "utf8");
  const { code, err } = await desk.run("plan", "later.yaml", "--out", "model.yaml");
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("is no plan") });
  expect(readFileSync(desk.path("model.yaml"), "utf8")).toBe(before);
});

test("what cannot be planned is refused, with what to do", async () => {
  desk.write("broken.yaml", LATER_MODEL.replace("arr >= 500", "arrr >= 500"));
  expect(await desk.run("plan", "broken.yaml")).toMatchObject({ code: 1, out: "" });
  expect(await desk.run("plan", "plan.json")).toMatchObject({
    code: 2,
    err: expect.stringContaining("touchstone apply plan.json"),
  });
});

test("a plan that was edited, or is for another book, is refused", async () => {
  const text = readFileSync(desk.path("plan.json"), "utf8");
  writeFileSync(desk.path("edited.json"), text.replaceAll("arr >= 500", "arr >= 400"));
  const edited = await desk.run("apply", "edited.json", "--yes");
  expect(edited).toMatchObject({ code: 2, err: expect.stringContaining("was edited") });
  const elsewhere = await desk.run("apply", "plan.json", "--yes", "--data", "elsewhere");
  expect(elsewhere.code).toBe(3);
  expect(existsSync(desk.path("elsewhere"))).toBe(false);
  writeFileSync(
    desk.path("others.json"),
    text.replaceAll('"account": "acme"', '"account": "zeta"'),
  );
  const others = await desk.run("apply", "others.json", "--yes");
  expect(others.code).toBe(1);
  expect(others.err).toContain("2 accounts move otherwise than planned:");
  expect(others.err).toContain("zeta");
});

test("a kept plan is applied, planning again is empty, and rollback goes back", async () => {
  const applied = await desk.done("apply", "plan.json", "--yes", "--reason", "fewer at the top");
  expect(applied.out.replaceAll("\n", " ")).toContain(
    "live as version 2. 3 accounts decided, 0 touches planned or changed. 1 account moved",
  );
  expect((await desk.json<Plan>("plan", "later.yaml")).is_same).toBe(true);
  expect((await desk.run("rollback")).code).toBe(2);
  const back = await desk.done("rollback", "--yes");
  expect(back.out).toContain("Small book is live again, as version 1");
  expect((await desk.json<Plan>("plan", "model.yaml")).is_same).toBe(true);
  const first = await desk.run("rollback", "--yes");
  expect(first).toMatchObject({ code: 1, err: expect.stringContaining("none before it") });
});

test("apply MODEL --yes prints the plan that it does", async () => {
  const { out } = await desk.done("apply", "later.yaml", "--yes");
  expect(out).toContain("1 account that moves, and why\n  Acme (acme)  €300, owner Ann Miles");
  expect(out).toContain("`touchstone rollback` takes it back.");
});
