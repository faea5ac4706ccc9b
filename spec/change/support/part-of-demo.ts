import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Day, dayOf } from "../../../src/core/time/day.ts";
import { startOfDay } from "../../../src/core/time/zone.ts";
import type { EngineContext } from "../../../src/engine/context.ts";
import { importData } from "../../../src/engine/import-data.ts";
import type { ModelFiles } from "../../../src/engine/check-model.ts";
import type { EventRow, ImportSource, Store } from "../../../src/engine/ports.ts";
import type { ProblemCode } from "../../../src/engine/plan/types.ts";
import { type ImportRows, readRows } from "../../support/import-rows.ts";

/** A Thursday, with weeks of work before it and after it. */
export const TODAY: Day = dayOf(2026, 11, 19);
const ZONE = "America/New_York";
const HOUR_MS = 3_600_000;
/** What lies further back is left out, for speed. */
const KNOWN_MS = 60 * 24 * HOUR_MS;
/** From which day on the first model decides day by day. */
export const SINCE: Day = TODAY - 10;

let all: Promise<ImportRows> | undefined;

/** Of an account whose revenue lies where the change looks. */
const BETWEEN = { from: 60_000, to: 100_000 };

/** Every so-manieth account, and four times as many of those that may move, of the demo's book with all that is known of it until `TODAY`, at 9 in the morning. */
export async function partOfDemo(every: number): Promise<ImportRows> {
  const rows = await (all ??= readRows("saasguard/saasguard.import.yaml", TODAY));
  const arrs = new Map(rows.accounts.map(({ accountId, traits }) => [accountId, traits["arr"]]));
  const kept = new Set(
    [...arrs]
      .filter(([, arr], index) => {
        const mayMove = typeof arr === "number" && arr >= BETWEEN.from && arr < BETWEEN.to;
        return index % (mayMove ? Math.round(every / 4) : every) === 0;
      })
      .map(([id]) => id),
  );
  const isKept = ({ accountId }: { readonly accountId: string }): boolean => kept.has(accountId);
  const until = startOfDay(TODAY, ZONE) + 9 * HOUR_MS;
  return {
    ...rows,
    accounts: rows.accounts.filter(isKept),
    contacts: rows.contacts.filter(isKept),
    events: rows.events.filter(
      (event) => isKept(event) && event.at <= until && event.at > until - KNOWN_MS,
    ),
  };
}

/** A book whose clock stands still until it is set. */
export class DemoPart {
  readonly context: EngineContext;
  readonly store: Store;
  now: number;

  constructor(store: Store, actor = "ops") {
    this.store = store;
    this.now = 0;
    this.context = { store, clock: () => this.now, actor };
    this.on(TODAY, 10);
  }

  on(day: Day, hour: number): this {
    this.now = startOfDay(day, ZONE) + hour * HOUR_MS;
    return this;
  }

  async load(rows: Partial<ImportRows>): Promise<void> {
    await importData(this.context, {
      source: "a part of the demo",
      open: () => Promise.resolve(sourceOf(rows)),
      dryRun: false,
      onReject: ({ reason }) => {
        throw new Error(`a row was rejected: ${reason}`);
      },
    });
  }

  events(events: readonly EventRow[]): Promise<void> {
    return this.load({ events });
  }
}

function sourceOf({ accounts, contacts, events }: Partial<ImportRows>): ImportSource {
  return {
    shiftDays: undefined,
    timezone: ZONE,
    totals: {
      accounts: accounts?.length,
      contacts: contacts?.length,
      events: events?.length,
      team: undefined,
    },
    rejected: new Map(),
    warnings: [],
    accounts: () => inBatches(accounts),
    contacts: () => inBatches(contacts),
    events: () => inBatches(events),
    team: () => inBatches([]),
    close: () => Promise.resolve(),
  };
}

async function* inBatches<R>(rows: readonly R[] = []): AsyncGenerator<readonly R[]> {
  for (let start = 0; start < rows.length; start += 500)
    yield await Promise.resolve(rows.slice(start, start + 500));
}

/** Nothing is to block: these tests are of what a change does. */
export const EVERY_PROBLEM: readonly ProblemCode[] = [
  "over-capacity",
  "program-impossible",
  "accounts-without-program",
  "too-many-accounts",
  "flood",
  "misfit-values",
];

const TEMPLATE = fileURLToPath(new URL("../../../templates/four-tiers-hybrid/", import.meta.url));

/** The demo's template; with `change`, a model made from it. */
export function fourTiers(change: (source: string) => string = (source) => source): ModelFiles {
  const messages = Object.fromEntries(
    readdirSync(`${TEMPLATE}messages`)
      .filter((name) => name.endsWith(".liquid"))
      .map((name) => [
        name.slice(0, -".liquid".length),
        readFileSync(`${TEMPLATE}messages/${name}`, "utf8"),
      ]),
  );
  return {
    file: "model.yaml",
    source: change(readFileSync(`${TEMPLATE}model.yaml`, "utf8")),
    messages,
  };
}

/** The change: who is worth 60,000 is high touch. */
export const fromSixtyThousand = (source: string): string =>
  changed(source, "top:   'arr >= 100000 ||", "top:   'arr >= 60000 ||");

/** A text changed in one place, which has to be there. */
export function changed(source: string, from: string, to: string): string {
  if (!source.includes(from)) throw new Error(`the template has no \`${from}\``);
  return source.replace(from, to);
}
