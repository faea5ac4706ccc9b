import { expect, test } from "vitest";
import { byTouchDay, type ShownTouch, toneOf, weekRows } from "./touch-days.ts";

const touch = (change: Partial<ShownTouch>): ShownTouch =>
  ({
    id: "t",
    touchpoint: "call",
    title: "Call",
    due: "2026-03-04",
    status: "planned",
    done_at: null,
    ...change,
  }) as ShownTouch;

test("what is done stands on the workspace's day it was done, all else on the day it is due", () => {
  const days = byTouchDay(
    [
      touch({ status: "done", done_at: "2026-03-05T20:00:00Z" }),
      touch({}),
      touch({ status: "skipped" }),
    ],
    "Asia/Kuala_Lumpur",
  );
  expect([...days].map(([day, list]) => [day, list.length])).toEqual([
    ["2026-03-06", 1],
    ["2026-03-04", 2],
  ]);
});

test("open and past its day is late; what will not happen is neither", () => {
  const tones = ["planned", "done", "skipped", "missed"].map((status) =>
    toneOf(touch({ status: status as ShownTouch["status"] }), "2026-03-05"),
  );
  expect(tones).toEqual(["late", "done", "gone", "late"]);
  expect(toneOf(touch({}), "2026-03-04")).toBe("open");
});

test("weeks across, touchpoints down; what lies outside is left out", () => {
  const rows = weekRows(
    [
      touch({}),
      touch({ due: "2026-03-12" }),
      touch({ touchpoint: "mail", title: "A mail" }),
      touch({ due: "2026-09-01" }),
    ],
    "2026-03-04",
    "2026-03-15",
    "UTC",
  );
  expect(rows.map(({ title, weeks }) => [title, weeks.map((week) => week.length)])).toEqual([
    ["A mail", [1, 0]],
    ["Call", [1, 1]],
  ]);
});
