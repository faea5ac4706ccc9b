import { expect, test } from "vitest";
import { day, readAll, TODAY, typesOf } from "./testing/import-folder.ts";

const at = (text: string): number => Date.parse(text);

const SHIFTED = {
  "x.import.yaml": `files: {}
shift_to: yesterday
accounts: |
  select 'a' as account_id, date '2026-01-05' as created_at, timestamp '2026-01-10 12:00:00' as seen, '2026-02-01' as renewal, '2026-02-01' as note
events: |
  select 'a' as account_id, 'E' as event, unnest([timestamp '2026-01-10 23:30:00', timestamp '2026-01-09 00:30:00', timestamp '9999-01-01']) as "at"
team: select 'p' as id, '2026-01-20..2026-01-21' as leave
`,
};

test("a shift moves every date so that the last event was yesterday", async () => {
  const options = { traitTypes: typesOf({ renewal: "date" }) };
  const accounts = await readAll("accounts", SHIFTED, options);
  // From 10 January to 14 June, the day before `today`.
  expect(accounts.source.shiftDays).toBe(155);
  expect(accounts.rows[0]).toMatchObject({
    createdAt: day("2026-01-05") + 155,
    traits: { seen: "2026-06-14T12:00:00Z", renewal: "2026-07-06", note: "2026-02-01" },
  });
  const events = await readAll("events", SHIFTED);
  expect(events.rows.map((r) => r["at"])).toEqual([
    at("2026-06-14T23:30:00Z"),
    at("2026-06-13T00:30:00Z"),
  ]);
  expect(events.rejects).toHaveLength(1);
  const team = await readAll("team", SHIFTED);
  expect(team.rows[0]).toMatchObject({
    leave: [{ from: day("2026-06-24"), to: day("2026-06-25") }],
  });
});

test("a shift keeps the local time of day, also over a change of the clocks", async () => {
  const { rows } = await readAll("events", SHIFTED, { timezone: "Europe/Berlin" });
  expect(rows.map((r) => r["at"])).toEqual([
    at("2026-06-14T21:30:00Z"),
    at("2026-06-12T22:30:00Z"),
  ]);
});

test("the shift of an earlier import is used again on another day", async () => {
  const { source, rows } = await readAll("events", SHIFTED, { today: TODAY + 30, shiftDays: 155 });
  expect(source.shiftDays).toBe(155);
  expect(rows[0]).toMatchObject({ at: at("2026-06-14T23:30:00Z") });
});

test("a shift without events is refused", async () => {
  const files = {
    "x.import.yaml": "files: {}\nshift_to: yesterday\naccounts: select 'a' as account_id\n",
  };
  await expect(readAll("accounts", files)).rejects.toThrow("there are no events");
});

test("yesterday is that of the file's own zone", async () => {
  const yaml = SHIFTED["x.import.yaml"].replace("files:", "timezone: Asia/Tokyo\nfiles:");
  // 20:00 UTC on the 15th is the 16th in Tokyo
  const now = at("2026-06-15T20:00:00Z");
  const { rows } = await readAll("events", { "x.import.yaml": yaml }, { now, timezone: "UTC" });
  expect(rows[0]).toMatchObject({ at: at("2026-06-15T23:30:00+09:00") });
});

test("instants are moved by whole days of the zone's clock too", async () => {
  const files = {
    "x.import.yaml": `files: {}
shift_to: yesterday
events: select 'a' as account_id, 'E' as event, unnest([timestamptz '2026-01-10 23:30:30+01', timestamptz '2026-01-09 00:30:00+01']) as "at"
`,
  };
  const { rows } = await readAll("events", files, { timezone: "Europe/Berlin" });
  expect(rows.map((r) => r["at"])).toEqual([
    at("2026-06-14T23:30:30+02:00"),
    at("2026-06-13T00:30:00+02:00"),
  ]);
  const utc = await readAll("events", files);
  expect(utc.rows.map((r) => r["at"])).toEqual([
    at("2026-06-14T22:30:30Z"),
    at("2026-06-12T23:30:00Z"),
  ]);
});
