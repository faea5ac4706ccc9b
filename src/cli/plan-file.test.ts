import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readPlanFile, refuseOther } from "./plan-file.ts";

const folder = mkdtempSync(join(tmpdir(), "touchstone plan file "));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const PLAN = {
  touchstonePlan: 1,
  plan: {
    madeAt: 0,
    today: 0,
    model: { name: "m", hash: "sha256:0" },
    live: null,
    existing: "all",
    moves: [{ account: "a", name: null, reasons: [{ what: "level", from: null, to: "high" }] }],
    problems: [],
  },
  files: { file: "m.yaml", source: "", messages: {} },
};

test("a plan is told by what is in it, whatever the file is called", async () => {
  expect(await readPlanFile(file("a.yaml", JSON.stringify(PLAN)))).toEqual(PLAN);
  expect(await readPlanFile(file("b.json", "touchstone: 1\nname: T\n"))).toBeNull();
  expect(await readPlanFile(file("c.yaml", "{ touchstone: 1, name: T }"))).toBeNull();
  expect(await readPlanFile(folder)).toBeNull();
  expect(await readPlanFile(join(folder, "nothing"))).toBeNull();
});

test("a damaged plan is refused with the place of the damage", async () => {
  const whole = JSON.stringify(PLAN);
  const half = file("half.json", whole.slice(0, whole.length - 20));
  await expect(readPlanFile(half)).rejects.toThrow("half.json is a plan file, but a damaged one.");
  const other = file("other.json", whole.replace('"existing":"all"', '"existing":"some"'));
  await expect(readPlanFile(other)).rejects.toThrow("a damaged one (at plan.existing).");
});

test("only a plan, or nothing, gives way to a plan", async () => {
  await expect(refuseOther(file("model.yaml", "touchstone: 1"))).rejects.toThrow("is no plan");
  await expect(refuseOther(folder)).rejects.toThrow("is no plan");
  await expect(refuseOther(file("d.json", JSON.stringify(PLAN)))).resolves.toBeUndefined();
  await expect(refuseOther(join(folder, "new.json"))).resolves.toBeUndefined();
});
