import { loadavg } from "node:os";
import { handClosures } from "./rules/by-hand-objects.ts";
import { bufbuildCel, celJs } from "./rules/cel-engines.ts";
import type { Answers, RuleEngine } from "./rules/engine.ts";
import { jsonLogic } from "./rules/json-logic.ts";
import { jsonRules } from "./rules/json-rules.ts";
import { mingo } from "./rules/mingo-engine.ts";
import { sampleBook } from "./rules/sample-facts.ts";
import { RULES, TEXTS } from "./rules/sixty-rules.ts";
import { duckDb, pglite, postgres } from "./rules/sql-engines.ts";
import { csvOf } from "./rules/sql-text.ts";
import { columnar, handLoop, oneByOne } from "./rules/touchstone.ts";
import { questionOf } from "./rules/two-valued.ts";
import { zen } from "./rules/zen.ts";
import {
  logLogSlope,
  ratioOf,
  type Spread,
  spread,
  timeAsyncInTurns,
  timeInTurns,
} from "./timing.ts";

export interface RulesOptions {
  readonly accounts: number;
  readonly seed: number;
  readonly turns: number;
  readonly warmUps: number;
  /** A library gets as many accounts as it answers in so many milliseconds, at least 2,000. */
  readonly libraryMs: number;
  readonly databases: boolean;
}

export interface EngineFigures {
  readonly name: string;
  readonly over: RuleEngine["over"];
  readonly accounts: number;
  /** Nanoseconds of processor time for one rule and one account. */
  readonly ns: Spread;
  /** How many times as long as the same by Touchstone, over a book and one account at a time. */
  readonly timesBook: Spread;
  readonly timesAccount: Spread;
}

export interface RulesFigures {
  readonly accounts: number;
  readonly rules: number;
  readonly turns: number;
  readonly load: number;
  readonly engines: readonly EngineFigures[];
}

export interface GrowthFigures {
  readonly sizes: readonly { readonly accounts: number; readonly ms: Spread }[];
  /** Time grows with the number of accounts to this power. */
  readonly slope: number;
}

/** The project's own over books of several sizes. */
export function measureGrowth(
  accounts: readonly number[],
  options: { readonly seed: number; readonly turns: number; readonly warmUps: number },
): GrowthFigures {
  const sizes = accounts.map((size) => {
    const engine = columnar(sampleBook(size, options.seed));
    const contender = { prepare: () => {}, run: () => void engine.run(size) };
    const [times = []] = timeInTurns([contender], options);
    return { accounts: size, ms: spread(times) };
  });
  const points = sizes.map(({ accounts: size, ms }) => ({ size, time: ms.median }));
  return { sizes, slope: logLogSlope(points) };
}

type Make = (accounts: number) => RuleEngine | Promise<RuleEngine>;

interface Running {
  readonly engine: RuleEngine;
  readonly accounts: number;
  /** How often it goes over them in a turn; once unless said. */
  readonly passes?: number;
}

/** A turn of each takes half a second or more, as those of libraries do: after its rest a core begins slowly. */
const BOOK_PASSES = 100;
const ACCOUNT_PASSES = 15;
/** One account at a time: about as many as the fastest library takes, so that neither waits for memory more. */
const ONE_BY_ONE = 20_000;

function answersIn(running: Running | undefined): number {
  return (running?.accounts ?? 0) * RULES.length * (running?.passes ?? 1);
}

/** Below so many accounts, compiling and warming up would be measured. */
const FEWEST = 2_000;
const PROBE = 500;

/**
 * Sixty rules over a book of made-up accounts by each engine, in turns. Every engine has to give
 * the same answers for every rule and account before any time is taken.
 */
export async function measureRules(options: RulesOptions): Promise<RulesFigures> {
  const { accounts, seed } = options;
  const load = Math.round((loadavg()[0] ?? 0) * 10) / 10;
  const book = sampleBook(accounts, seed);
  const questions = RULES.map(questionOf);
  const libraries = [celJs, bufbuildCel, jsonLogic, mingo, zen, jsonRules];
  // made once: of two closures of it the machine code would have to serve both, which is slower
  const hand = handLoop(book);
  await hand.run(accounts);
  const some = Math.min(accounts, ONE_BY_ONE);
  const engines: Running[] = [
    { engine: columnar(book), accounts, passes: BOOK_PASSES },
    { engine: hand, accounts, passes: BOOK_PASSES },
    { engine: oneByOne(book, some), accounts: some, passes: ACCOUNT_PASSES },
    { engine: handClosures(book, some), accounts: some, passes: ACCOUNT_PASSES },
  ];
  try {
    for (const library of libraries) {
      engines.push(await asMany((some) => library(book, some, questions), options));
    }
    if (options.databases) {
      const csv = csvOf(book, accounts);
      for (const open of [duckDb, postgres, pglite]) {
        engines.push({ engine: await open(csv), accounts });
      }
    }
    for (const { engine, accounts: own } of engines) {
      await engine.run(own);
      compareAnswers(engine.name, await engine.answers(own), await hand.answers(accounts), own);
    }
    const times = await timeAsyncInTurns(
      engines.map(({ engine, accounts: own, passes = 1 }) => ({
        run: async () => {
          for (let pass = 0; pass < passes; pass++) await engine.run(own);
        },
        elsewhere: engine.elsewhere?.bind(engine),
      })),
      options,
    );
    const ns = times.map((all, index) => all.map((ms) => (ms * 1e6) / answersIn(engines[index])));
    return {
      accounts,
      rules: RULES.length,
      turns: options.turns,
      load,
      engines: engines.map(({ engine, accounts: own }, index) => ({
        name: engine.name,
        over: engine.over,
        accounts: own,
        ns: spread(ns[index] ?? []),
        timesBook: ratioOf(ns[index] ?? [], ns[0] ?? []),
        timesAccount: ratioOf(ns[index] ?? [], ns[2] ?? []),
      })),
    };
  } finally {
    for (const { engine } of engines) await engine.close?.();
  }
}

/** A library with as many accounts as it answers in the time it is given. */
async function asMany(
  make: Make,
  { accounts, libraryMs }: RulesOptions,
): Promise<{ engine: RuleEngine; accounts: number }> {
  const few = Math.min(PROBE, accounts);
  const probe = await make(few);
  await probe.run(few);
  const start = process.cpuUsage();
  await probe.run(few);
  const { user, system } = process.cpuUsage(start);
  await probe.close?.();
  const fitting = Math.round((libraryMs * few * 1000) / Math.max(user + system, 1));
  const some = Math.min(accounts, Math.max(FEWEST, fitting));
  return { engine: await make(some), accounts: some };
}

function compareAnswers(name: string, given: Answers, wanted: Answers, accounts: number): void {
  for (const [rule, text] of TEXTS.entries()) {
    for (let row = 0; row < accounts; row++) {
      const [is, should] = [given[rule]?.[row], wanted[rule]?.[row]];
      if (is === should) continue;
      throw new Error(
        `${name} says ${is} of \`${text}\` for account ${row}, the loop by hand ${should}`,
      );
    }
  }
}
