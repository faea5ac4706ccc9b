import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readModel, type Model } from "../../src/core/model/index.ts";
import type { Touch } from "../../src/core/schedule/index.ts";
import { type Day, formatDay, parseDay } from "../../src/core/time/day.ts";
import { localDay } from "../../src/core/time/zone.ts";
import type { Store } from "../../src/engine/ports.ts";
import { openTestStore } from "../../src/store/testing/test-store.ts";
import { ROOT } from "../e2e/support/command.ts";
import { type ImportRows, readRows } from "../support/import-rows.ts";
import { overContactCaps } from "./support/over-caps.ts";
import { type RenewalGap, renewalGaps } from "./support/renewal-gaps.ts";
import { SimulatedWorld } from "./support/simulated-world.ts";

/**
 * The demo's book, lived through day by day: its events come in as they happened, time passes by
 * an injected clock, messages go out, customers and CSMs react. At the end nobody has had more
 * than the caps allow, or anything twice, or anything they did not want.
 */
const TEMPLATE = "four-tiers-hybrid";
const MODEL_FILE = join(ROOT, "templates", TEMPLATE, "model.yaml");
const DAYS = Number(process.env["TOUCHSTONE_DAYS"] ?? 90);
/** In `npm test` every sixteenth account; all of them where the days are named, as in the soak. */
const EVERY = process.env["TOUCHSTONE_DAYS"] === undefined ? 16 : 1;
const HOUR_MS = 3_600_000;
const END: Day = parseDay("2026-11-22") ?? 0;

test(
  `${DAYS} days of the demo's book`,
  async () => {
    const started = performance.now();
    const rows = everyNth(await readRows("saasguard/saasguard.import.yaml", END), EVERY);
    const source = withTightCaps(readFileSync(MODEL_FILE, "utf8"));
    const model = modelOf(source);
    const store = await openTestStore("pglite");
    try {
      const world = new SimulatedWorld(store, rows, model.workspace.timezone);
      const first = END - DAYS;
      await world.begin(first - 1, TEMPLATE, source);
      for (let day = first; day < END; day++) await world.live(day);

      const touches = (await store.touches.list({})).map(({ touch }) => touch);
      const gaps = await renewalGaps({ store, rows, model, touches, from: first, to: END - 1 });
      tell(world, touches, gaps, started);
      expect(world.delivered.length).toBeGreaterThan(DAYS);
      expect(twice(world.delivered.map(({ touchId }) => touchId))).toEqual([]);
      expect(twice(touches.map(({ key }) => key))).toEqual([]);
      expect(overContactCaps(model, world.delivered, touches)).toEqual([]);
      expect(world.capped.size).toBeGreaterThan(20);
      expect(world.optedOut.size).toBeGreaterThan(2);
      expect(againstTheirWill(world)).toEqual([]);
      expect(gaps.filter(({ reason }) => reason === null)).toEqual([]);
      expect(await notDecidedDaily(store)).toEqual([]);
    } finally {
      await store.close();
    }
  },
  HOUR_MS,
);

function everyNth(rows: ImportRows, nth: number): ImportRows {
  const ids = [...new Set(rows.accounts.map(({ accountId }) => accountId))];
  const kept = new Set(ids.filter((_id, index) => index % nth === 0));
  const isKept = ({ accountId }: { readonly accountId: string }): boolean => kept.has(accountId);
  return {
    ...rows,
    accounts: rows.accounts.filter(isKept),
    contacts: rows.contacts.filter(isKept),
    events: rows.events.filter(isKept),
  };
}

/** The template's own caps hardly ever bite on this book: a check of them would prove nothing. */
function withTightCaps(source: string): string {
  const tight = source
    .replace(
      /^  contact: \{.*$/m,
      "  contact: { email: [1 per 4d, 2 per 14d], in_app: [1 per 7d], any: [2 per 30d] }",
    )
    .replace(/^  account: \{ any.*$/m, "  account: { any: [1 per 4d] }");
  expect(tight).toContain("2 per 30d] }\n  account: { any: [1 per 4d] }");
  return tight;
}

function modelOf(source: string): Model {
  const { model } = readModel(source, { file: MODEL_FILE });
  if (!model) throw new Error(`${MODEL_FILE} has errors`);
  return model;
}

function twice(keys: readonly string[]): string[] {
  const seen = new Set<string>();
  return keys.filter((key) => seen.size === seen.add(key).size);
}

function againstTheirWill({ delivered, optedOut }: SimulatedWorld): string[] {
  return delivered
    .filter(
      ({ channel, receiver, at }) =>
        channel === "email" && at > (optedOut.get(receiver) ?? Number.POSITIVE_INFINITY),
    )
    .map(({ receiver, touchId }) => `${receiver} got ${touchId} after opting out`);
}

/** Accounts whose last evaluation is older than the last midnight. */
async function notDecidedDaily(store: Store): Promise<string[]> {
  return store.accounts.ids({ toDecideOn: END - 1 });
}

function tell(
  world: SimulatedWorld,
  touches: readonly Touch[],
  gaps: readonly RenewalGap[],
  started: number,
): void {
  const statuses = counted(touches.map(({ status }) => status));
  const channels = counted(world.delivered.map(({ channel }) => channel));
  const reasons = counted(gaps.map(({ reason }) => reason ?? "UNEXPLAINED"));
  const days = new Set(world.delivered.map(({ at }) => formatDay(localDay(at, world.zone)))).size;
  process.stdout.write(
    `soak: ${DAYS} days in ${Math.round((performance.now() - started) / 1000)} s: ${touches.length} touches (${statuses}); ` +
      `delivered on ${days} days: ${channels}; held by a cap ${world.capped.size}; opted out ${world.optedOut.size}; renewal touches missing for a reason: ${reasons}\n`,
  );
}

function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, n]) => `${word} ${n}`).join(", ");
}
