import { beforeEach, expect, test } from "vitest";
import type { ToDo } from "./today-queries.ts";
import {
  type Deed,
  type Tried,
  UNDO_MS,
  type WaitingChange,
  WaitingChanges,
  withWaiting,
} from "./waiting-changes.ts";

let kept: Map<string, string>;
let now: number;
let answer: Tried;
let sent: { key: string; touch: string; isLast: boolean }[];
let refused: string[];
beforeEach(() => {
  kept = new Map();
  now = 1000;
  answer = "sent";
  sent = [];
  refused = [];
});

function open(): WaitingChanges {
  return new WaitingChanges({
    kept: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    },
    now: () => now,
    send: ({ key, touch }, { isLast }) => {
      sent.push({ key, touch, isLast });
      return Promise.resolve(answer);
    },
    onSent: () => Promise.resolve(),
    onRefused: ({ touch }, why) => refused.push(`${touch}: ${why.message}`),
  });
}

const DONE: Deed = { verb: "done", body: { result: "held", note: "fine" } };
const done = (touch: string, member = "ann") => ({
  touch,
  member,
  title: "Call",
  account: "Acme",
  deed: DONE,
});
const touches = (list: readonly WaitingChange[]): string[] => list.map(({ touch }) => touch);

test("nothing is sent for ten seconds, and what is taken back never is", async () => {
  const changes = open();
  changes.add(done("a"));
  changes.add(done("b"));
  const [a] = changes.list();
  await changes.send("ann");
  expect(sent).toEqual([]);
  now += 9_999;
  await changes.send("ann");
  expect(sent).toEqual([]);
  expect(a && changes.canUndo(a) && changes.undo(a.key)).toBe(true);
  now += 1;
  await changes.send("ann");
  expect(sent.map(({ touch }) => touch)).toEqual(["b"]);
  expect(changes.list()).toEqual([]);
  expect(changes.next("ann")).toBeNull();
});

test("what is on its way already cannot be taken back", async () => {
  const changes = open();
  changes.add(done("a"));
  const [a] = changes.list();
  const sending = changes.send("ann", "all");
  expect(a && changes.undo(a.key)).toBe(false);
  await sending;
  expect(sent.map(({ touch }) => touch)).toEqual(["a"]);
});

test("what waits survives the page, and goes under the same key", async () => {
  open().add(done("a"));
  const later = open();
  const [waits] = later.list();
  expect(waits?.deed).toEqual(DONE);
  now += UNDO_MS;
  await later.send("ann");
  expect(sent).toEqual([{ key: waits?.key, touch: "a", isLast: false }]);
  expect(open().list()).toEqual([]);
});

test("a page that is left sends at once what could still be taken back", async () => {
  const changes = open();
  changes.add(done("a"));
  await changes.send("ann", "all");
  expect(sent).toMatchObject([{ touch: "a", isLast: true }]);
});

test("a server that is away gets it again later, the same, and it can no longer be taken back", async () => {
  const changes = open();
  changes.add(done("a"));
  answer = "away";
  now += UNDO_MS;
  await changes.send("ann");
  const [waits] = changes.list();
  expect(waits).toMatchObject({ tries: 1, sendAt: now + 2000 });
  expect(changes.undo(waits?.key ?? "")).toBe(false);
  await changes.send("ann");
  expect(sent).toHaveLength(1);
  now += 2000;
  answer = "sent";
  await changes.send("ann");
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  expect(changes.list()).toEqual([]);
});

test("what is refused is gone and told", async () => {
  const changes = open();
  changes.add(done("a"));
  answer = { refused: new Error("it is done") };
  await changes.send("ann", "all");
  expect([changes.list(), refused]).toEqual([[], ["a: it is done"]]);
});

test("nobody sends what somebody else left in the browser", async () => {
  const changes = open();
  changes.add(done("a", "bob"));
  now += UNDO_MS;
  await changes.send("ann", "all");
  expect(sent).toEqual([]);
  expect(changes.next("ann")).toBeNull();
});

test("two changes of one touch go one after the other, the first at once", async () => {
  const changes = open();
  changes.add(done("a"));
  changes.add({ ...done("a"), deed: { verb: "skip", body: { reason: "x" } } });
  await changes.send("ann");
  expect(sent).toHaveLength(1);
  expect(changes.list()).toMatchObject([{ deed: { verb: "skip" } }]);
});

test("a browser that keeps rubbish or nothing does no harm", () => {
  kept.set("touchstone-waiting-changes", "{");
  expect(open().list()).toEqual([]);
});

const row = (id: string, due = "2026-03-02"): ToDo =>
  ({ id, due, starts_at: null, snoozed_until: null, overdue_days: 0 }) as ToDo;
const lists = {
  today: "2026-03-02",
  due: [row("a"), row("b")],
  coming: [row("c", "2026-03-04")],
  snoozed: [row("d")],
  open: [],
};
const ids = (rows: readonly ToDo[]): string[] => rows.map(({ id }) => id);
const after = (touch: string, deed: Deed) => {
  const change = { ...done(touch), deed, key: "k", sendAt: 0, tries: 0 };
  const { due, coming, snoozed } = withWaiting(lists, [change], "Asia/Kuala_Lumpur");
  return [ids(due), ids(coming), ids(snoozed)];
};

test("rows stand as they will be once what waits is done", () => {
  expect(after("a", DONE)).toEqual([["b"], ["c"], ["d"]]);
  expect(after("c", { verb: "skip", body: { reason: "x" } })).toEqual([["a", "b"], [], ["d"]]);
  const until = "2026-03-03T08:00:00Z";
  expect(after("b", { verb: "snooze", body: { until } })).toEqual([["a"], ["c"], ["d", "b"]]);
  expect(after("d", { verb: "snooze", body: { until: null } })).toEqual([
    ["a", "b", "d"],
    ["c"],
    [],
  ]);
  const move = (due: string): Deed => ({ verb: "reschedule", body: { due, reason: "x" } });
  expect(after("a", move("2026-03-03"))).toEqual([["b"], ["a", "c"], ["d"]]);
  expect(after("a", move("2026-03-09"))).toEqual([["b"], ["c", "a"], ["d"]]);
  expect(after("c", move("2026-03-02"))).toEqual([["a", "b", "c"], [], ["d"]]);
  expect(after("nobody's", DONE)).toEqual([["a", "b"], ["c"], ["d"]]);
  expect(touches([])).toEqual([]);
});
