// `npm run bench -- simulate`: how long a simulated year of the two example books takes.
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { readModelFiles } from "../src/cli/model-files.ts";
import { localDay } from "../src/core/time/zone.ts";
import type { EngineContext } from "../src/engine/context.ts";
import { importData } from "../src/engine/import-data.ts";
import { simulateModel } from "../src/engine/simulate/simulate-model.ts";
import { openImport } from "../src/import/index.ts";
import { openStore } from "../src/store/index.ts";
import { type Spread, spread } from "./timing.ts";

export interface SimulateFigures {
  readonly model: string;
  readonly days: number;
  /** Processes that wanted to run over the last minute: above the number of cores, times are the machine's. */
  readonly load: number;
  readonly books: readonly BookFigures[];
}

interface BookFigures {
  readonly book: string;
  readonly accounts: number;
  readonly touches: number;
  /** By the clock, reading the book included. */
  readonly ms: Spread;
  /** Processor time of the process, the embedded database's thread included. */
  readonly cpuMs: Spread;
  /** Of that, the days: without reading the book. */
  readonly daysCpuMs: Spread;
  /** Accounts × days in a second of the days' processor time. */
  readonly accountDaysPerSecond: Spread;
}

const MODEL = "four-tiers-hybrid";
/** A year of the larger one takes half a minute. */
const TURNS = { ravenstack: 7, saasguard: 3 };
export type SimulatedBook = keyof typeof TURNS;
const DAYS = 365;

/** Books in empty embedded databases, each imported before the time is taken. */
export async function measureSimulation(
  say: (text: string) => void,
  chosen: readonly SimulatedBook[],
): Promise<SimulateFigures> {
  const books: BookFigures[] = [];
  for (const book of chosen) {
    const turns = TURNS[book];
    const folder = mkdtempSync(join(tmpdir(), "touchstone-simulate-"));
    const store = await openStore({ data: join(folder, "data") });
    const context: EngineContext = { store, clock: () => Date.now(), actor: null };
    try {
      say(`importing ${book}`);
      await importBook(context, book);
      const lives: Life[] = [];
      for (let turn = 0; turn < turns; turn++) {
        lives.push(await live(context));
        say(`${book}: ${lives.at(-1)?.cpuMs ?? 0} ms of processor time`);
      }
      books.push(figuresOf(book, lives));
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { model: MODEL, days: DAYS, load: Math.round((loadavg()[0] ?? 0) * 10) / 10, books };
}

async function importBook(context: EngineContext, book: string): Promise<void> {
  const file = pathOf(`examples/${book}/${book}.import.yaml`);
  await importData(context, {
    source: file,
    open: (wanted) => openImport(file, wanted),
    dryRun: false,
    onReject: ({ reason }) => {
      throw new Error(`${book}: ${reason}`);
    },
  });
}

/** What one simulated year took. */
interface Life {
  readonly accounts: number;
  readonly touches: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly daysCpuMs: number;
}

function figuresOf(book: string, lives: readonly Life[]): BookFigures {
  const of = (value: (life: Life) => number): Spread => spread(lives.map(value));
  return {
    book,
    accounts: lives[0]?.accounts ?? 0,
    touches: lives[0]?.touches ?? 0,
    ms: of(({ ms }) => ms),
    cpuMs: of(({ cpuMs }) => cpuMs),
    daysCpuMs: of(({ daysCpuMs }) => daysCpuMs),
    accountDaysPerSecond: of(({ accounts, daysCpuMs }) =>
      Math.round((accounts * DAYS * 1000) / daysCpuMs),
    ),
  };
}

/** The year up to the last day on which anything is known to have happened. */
async function live(context: EngineContext): Promise<Life> {
  const files = await readModelFiles(pathOf(`templates/${MODEL}`));
  if (!files) throw new Error(`templates/${MODEL} has no model`);
  const events = await context.store.accounts.eventNames();
  const to = localDay(Math.max(...events.map(({ newest }) => newest)), "Etc/GMT+12");
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  let days: NodeJS.CpuUsage | undefined;
  const simulation = await simulateModel(context, files, {
    from: to - DAYS + 1,
    to,
    onRead: (done, all) => {
      if (done === all) days = process.cpuUsage();
    },
  });
  const ms = performance.now() - start;
  const totals = simulation.models[0]?.totals;
  return {
    accounts: simulation.book.accounts,
    touches: totals?.humanTouches ?? 0,
    ms: Math.round(ms),
    cpuMs: sum(process.cpuUsage(cpu)),
    daysCpuMs: sum(process.cpuUsage(days)),
  };
}

function sum({ user, system }: NodeJS.CpuUsage): number {
  return Math.round((user + system) / 1000);
}

function pathOf(path: string): string {
  return new URL(`../${path}`, import.meta.url).pathname;
}
