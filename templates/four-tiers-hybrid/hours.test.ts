import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readModel } from "../../src/core/model/index.ts";
import { group, outcome } from "../../src/core/scenario/steps.ts";
import { World } from "../../src/core/scenario/world.ts";
import { isOpen, type Touch } from "../../src/core/schedule/index.ts";
import { workspaceCalendar } from "../../src/engine/holidays.ts";

// What a CSM's month with one account costs is what the levels of this model stand or fall with.

const file = new URL("model.yaml", import.meta.url);
const { model } = readModel(readFileSync(file, "utf8"), { file: file.pathname });
if (!model) throw new Error("the model of four-tiers-hybrid is not valid");

/** The touches by a person that fall due in a year, each held on its day, of a settled account. */
function yearOf(traits: Record<string, unknown>): readonly Touch[] {
  const world = new World(model as NonNullable<typeof model>, (of) =>
    workspaceCalendar(of.workspace),
  );
  world.moveTo(world.instant("2026-03-02T15:00:00Z"));
  group(world, {
    id: "a",
    traits: { created_at: "2024-03-04", renewal_date: "2026-11-20", ...traits },
  });
  world.decide(["a"]);
  const { touches } = world.account("a").record;
  const from = world.today;
  for (let day = 0; day < 364; day++) {
    for (const touch of touches.values()) {
      if (touch.human && isOpen(touch) && touch.due <= world.today) {
        outcome(world, {
          account: "a",
          touch: touch.touchpoint,
          result: touch.channel === "slack" ? "completed" : "held",
        });
      }
    }
    // renewed on the day
    if (day === 263) group(world, { id: "a", traits: { renewal_date: "2027-11-20" } });
    world.moveTo(world.now + 86_400_000);
    world.decide(["a"]);
  }
  return [...touches.values()].filter(
    ({ human, status, due }) => human && status === "done" && due < from + 364,
  );
}

function hoursPerMonth(touches: readonly Touch[]): number {
  return touches.reduce((sum, { minutes }) => sum + minutes, 0) / 60 / 12;
}

function count(touches: readonly Touch[], touchpoint: string): number {
  return touches.filter((touch) => touch.touchpoint === touchpoint).length;
}

test("an account of 500,000 a year is worth 10 to 15 hours a month", () => {
  const year = yearOf({ arr: 500_000, plan: "enterprise" });
  expect(hoursPerMonth(year)).toBeGreaterThan(10);
  expect(hoursPerMonth(year)).toBeLessThan(15);
  expect(count(year, "qbr")).toBe(4);
  expect(count(year, "check_in")).toBeGreaterThanOrEqual(25);
  expect(count(year, "yearly_visit")).toBe(1);
});

test("twenty ordinary high accounts fit a CSM's month, with room for the unplanned", () => {
  const year = yearOf({ arr: 150_000, plan: "enterprise" });
  expect(count(year, "qbr")).toBe(4);
  expect(20 * hoursPerMonth(year)).toBeLessThan(0.8 * 160);
});

test("a pod member looks after 75 medium accounts", () => {
  const year = yearOf({ arr: 40_000, plan: "growth" });
  expect(count(year, "business_review")).toBe(2);
  expect(75 * hoursPerMonth(year)).toBeLessThan(0.8 * 160);
});

test("a low account costs a person only what its renewal raises it to, a tech account nothing", () => {
  expect(hoursPerMonth(yearOf({ arr: 12_000, plan: "starter" }))).toBeLessThan(0.2);
  expect(yearOf({ plan: "free" })).toEqual([]);
});
