import { expect, test } from "vitest";
import type { DecideState, LevelState } from "../decide/state.ts";
import { readModel } from "../model/index.ts";
import type { Model } from "../model/types.ts";
import { ownerKindOf, ownerOfTouches, withOwningLevel } from "./owner-kind.ts";

function model(adjust = ""): Model {
  const { model: read, diagnostics } = readModel(
    `touchstone: 1
name: Owners
workspace: { timezone: UTC, currency: EUR }
facts: { arr: { type: number }, risky: { type: boolean } }
levels:
  high: { by: csm }
  medium: { by: pod }
  low: { by: pool }
touch:
  base: [{ when: arr >= 100, level: high }, { when: arr >= 10, level: medium }, { otherwise: low }]
  adjust: [${adjust}]
  hold: 14d
`,
    { file: "model.yaml" },
  );
  if (!read) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return read;
}

const state = (day: number, level: Partial<LevelState> & { base: string }): DecideState => ({
  day,
  stage: null,
  band: "unknown",
  segments: {},
  keep: {},
  health: [],
  level: { name: level.base, since: 0, baseSince: 0, lowerSince: null, pinned: false, ...level },
});

/** The kind of owner on each day, of bases that hold from their days on. */
function kinds(
  of: Model,
  bases: Readonly<Record<number, string>>,
  days: number,
): (string | null)[] {
  let before: DecideState | null = null;
  let [base, baseSince] = ["", 0];
  return Array.from({ length: days }, (_, day) => {
    if (bases[day] !== undefined) [base, baseSince] = [bases[day], day];
    before = withOwningLevel(of, before, state(day, { base, baseSince }), () => false);
    return ownerKindOf(of, before.level);
  });
}

test("a first decision counts at once; another base level once it has held for the days of hold", () => {
  const found = kinds(model(), { 0: "high", 5: "low" }, 20);
  expect([found[0], found[5], found[17], found[18]]).toEqual(["csm", "csm", "csm", "pool"]);
});

test("a base level that does not last changes nothing, and another one begins to count afresh", () => {
  const found = kinds(model(), { 0: "high", 5: "low", 10: "medium", 30: "high", 32: "medium" }, 50);
  expect([found[18], found[22], found[23], found[31], found[44], found[49]]).toEqual([
    "csm",
    "csm",
    "pod",
    "pod",
    "pod",
    "pod",
  ]);
});

test("a raise brings no new owner, unless the adjustment says so: then until its level is gone, hold and all", () => {
  const raised = (day: number, lowerSince: number | null = null, name = "high") =>
    state(day, { base: "low", name, lowerSince });
  const plain = model("{ name: risky, when: risky, at_least: high }");
  expect(ownerKindOf(plain, withOwningLevel(plain, null, raised(1), () => true).level)).toBe(
    "pool",
  );
  const over = model("{ name: risky, when: risky, at_least: high, hand_over: true }");
  const first = withOwningLevel(over, null, raised(1), () => true);
  const held = withOwningLevel(over, first, raised(2, 2), () => false);
  const gone = withOwningLevel(over, held, raised(16, null, "low"), () => false);
  expect([first, held, gone].map(({ level }) => ownerKindOf(over, level))).toEqual([
    "csm",
    "csm",
    "pool",
  ]);
});

test("a level that owned and is gone from the model owns nothing more", () => {
  const before = state(5, { base: "gone" });
  const after = withOwningLevel(
    model(),
    before,
    state(6, { base: "low", baseSince: 6 }),
    () => false,
  );
  expect(ownerKindOf(model(), after.level)).toBe("pool");
});

test("touches of the pool's accounts are nobody's in particular, whoever the account's owner is", () => {
  expect(
    ["csm", "pod", "pool", "automation"].map((kind) => ownerOfTouches(kind as "csm", "ann")),
  ).toEqual(["ann", "ann", null, null]);
  expect(ownerOfTouches(null, "ann")).toBe("ann");
});
