import { expect, test } from "vitest";
import { touchesAfter } from "./touches-after.ts";
import type { Deed, WaitingChange } from "./waiting-changes.ts";

const touch = (id: string) => ({
  id,
  status: "planned" as const,
  result: null,
  note: "before",
  reason: null,
  due: "2026-03-02",
  starts_at: null,
});

const after = (touches: readonly ReturnType<typeof touch>[], changes: readonly WaitingChange[]) =>
  touchesAfter(touches, changes, "Asia/Kuala_Lumpur");

const waits = (of: string, deed: Deed): WaitingChange => ({
  key: `${of} ${deed.verb}`,
  touch: of,
  title: "Call",
  account: "Acme",
  member: "ann",
  deed,
  sendAt: 0,
  tries: 0,
});

test("each touch is shown as what waits will make of it, all others as they are", () => {
  const shown = after(["a", "b", "c", "d", "e"].map(touch), [
    waits("a", { verb: "done", body: { result: "held", note: "fine" } }),
    waits("b", { verb: "skip", body: { reason: "settled" } }),
    waits("c", {
      verb: "reschedule",
      // 07:30 on the 10th in Kuala Lumpur
      body: { starts_at: "2026-03-09T23:30:00.000Z", reason: "asked" },
    }),
    waits("d", { verb: "snooze", body: { until: "2026-03-03T08:00:00.000Z" } }),
  ]);
  expect(shown).toEqual([
    { ...touch("a"), status: "done", result: "held", note: "fine" },
    { ...touch("b"), status: "skipped", reason: "settled" },
    { ...touch("c"), due: "2026-03-10", starts_at: "2026-03-09T23:30:00.000Z" },
    touch("d"),
    touch("e"),
  ]);
});

test("what was done with one touch after another thing adds up", () => {
  const [shown] = after(
    [touch("a")],
    [
      waits("a", { verb: "reschedule", body: { due: "2026-03-05", reason: "asked" } }),
      waits("a", { verb: "done", body: { result: "no_show" } }),
    ],
  );
  expect(shown).toMatchObject({ due: "2026-03-05", status: "done", result: "no_show" });
  expect(shown?.note).toBe("before");
});
