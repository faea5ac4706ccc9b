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
const DAYS = Number(process.env["TOUCHSTONE_DAYS"] ?? 90);
/** In `npm test` every eighth account; all of them where the days are named, as in the soak. */
const EVERY = process.env["TOUCHSTONE_DAYS"] === undefined ? 8 : 1;
const HOUR_MS = 3_600_000;
const END: Day = parseDay("2026-11-22") ?? 0;

test(
  `${DAYS} days of the demo's book`,
  async () => {
    const started = performance.now();
    const rows = everyNth(await readRows("saasguard/saasguard.import.yaml", END), EVERY);
    const model = modelOf(TEMPLATE);
    const store = await openTestStore("pglite");
    try {
      const world = new SimulatedWorld(store, rows, model.workspace.timezone);
      const first = END - DAYS;
      await world.begin(first - 1, TEMPLATE);
      for (let day = first; day < END; day++) await world.live(day);

      const touches = (await store.touches.list({})).map(({ touch }) => touch);
      const gaps = await renewalGaps({ store, rows, model, touches, from: first, to: END - 1 });
      tell(world, touches, gaps, started);
      expect(world.delivered.length).toBeGreaterThan(DAYS);
      expect(twice(world.delivered.map(({ touchId }) => touchId))).toEqual([]);
      expect(twice(touches.map(({ key }) => key))).toEqual([]);
      expect(overContactCaps(model, world.delivered, touches)).toEqual([]);
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

function modelOf(template: string): Model {
  const file = join(ROOT, "templates", template, "model.yaml");
  const { model } = readModel(readFileSync(file, "utf8"), { file });
  if (!model) throw new Error(`${file} has errors`);
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
      `delivered on ${days} days: ${channels}; opted out ${world.optedOut.size}; renewal touches missing for a reason: ${reasons}\n`,
  );
}

function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, n]) => `${word} ${n}`).join(", ");
}
