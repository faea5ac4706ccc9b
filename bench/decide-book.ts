import type { BookDecider } from "../src/core/decide/index.ts";
import type { ColumnData } from "../src/core/rules/columns.ts";
import { dayOf } from "../src/core/time/day.ts";
import { byHand } from "./by-hand.ts";
import { ByHand, PROGRAMS, SEGMENTS } from "./by-hand-state.ts";
import { SampleFacts } from "./large-book.ts";
import { bytesInArrays } from "./memory.ts";
import { fourTiersCompiled } from "./template-model.ts";
import { ratioOf, type Spread, spread, timeInTurns } from "./timing.ts";

const FIRST_DAY = dayOf(2026, 3, 2);

export interface DecideBookOptions {
  readonly accounts: number;
  readonly seed: number;
  readonly turns: number;
  readonly warmUps: number;
}

/** What deciding a whole book once came to, compiled model and hand-written loop side by side. */
export interface DayFigures {
  readonly day: "first" | "second";
  /** Milliseconds. */
  readonly compiled: Spread;
  readonly byHand: Spread;
  readonly accountsPerSecond: number;
  /** Speed of the compiled model, the hand-written loop's being 1: median over the turns. */
  readonly ratio: Spread;
}

export interface DecideBookFigures {
  readonly accounts: number;
  readonly seed: number;
  readonly turns: number;
  readonly days: readonly DayFigures[];
  readonly columns: number;
  /** An account's state between two days, and everything the book holds of it. */
  readonly stateBytes: number;
  readonly bookBytes: number;
  /** All memory that deciding takes beside the facts themselves: state, decision, answers of rules. */
  readonly bytesBesideFacts: number;
}

/** Facts of two successive days, for books of any size. */
export function sampleFacts(accounts: number, seed: number): SampleFacts {
  return new SampleFacts(fourTiersCompiled(), accounts, seed, [FIRST_DAY, FIRST_DAY + 1]);
}

/**
 * Decides a made-up book in memory by the four-tiers-hybrid template in full, on two successive
 * days, and by hand. Throws when the two do not come to the same for every account.
 */
export function decideBook(
  facts: SampleFacts,
  { accounts, seed, turns, warmUps }: DecideBookOptions,
): DecideBookFigures {
  const before = bytesInArrays();
  const decider = facts.decider(accounts);
  const decided = bytesInArrays() - before;
  const hand = new ByHand(accounts);
  const decideByHand = byHand(decider.book, hand, decider.localDay);
  const compiled = (day: number): void => decider.run(0, accounts, FIRST_DAY + day);
  const written = (day: number): void => decideByHand(0, accounts, FIRST_DAY + day);
  const restart = {
    compiled: (): void => {
      for (let row = 0; row < accounts; row++) decider.state.load(row, null, null, FIRST_DAY);
    },
    written: (): void => hand.reset(),
  };

  restart.compiled();
  for (const day of [0, 1]) {
    facts.put(day, decider);
    if (day > 0) decider.state.advance(1);
    compiled(day);
    written(day);
    compareAnswers(decider, hand, day);
  }
  const days = (["first", "second"] as const).map((name, day): DayFigures => {
    const startingWith = (restartIt: () => void, run: (day: number) => void) => () => {
      restartIt();
      if (day > 0) {
        facts.put(0, decider);
        run(0);
        decider.state.advance(1);
      }
      facts.put(day, decider);
    };
    const [a = [], b = []] = timeInTurns(
      [
        { prepare: startingWith(restart.compiled, compiled), run: () => compiled(day) },
        { prepare: startingWith(restart.written, written), run: () => written(day) },
      ],
      { turns, warmUps },
    );
    const compiledSpread = spread(a);
    return {
      day: name,
      compiled: compiledSpread,
      byHand: spread(b),
      accountsPerSecond: Math.round((accounts / compiledSpread.median) * 1000),
      ratio: ratioOf(b, a),
    };
  });
  const { columns } = decider.book;
  const ofFacts = facts.compiled.plan.specs.map(({ name }) => decider.book.column(name));
  return {
    accounts,
    seed,
    turns,
    days,
    columns: columns.length,
    stateBytes: decider.state.bytes / accounts,
    bookBytes: bytesOf(columns) / accounts,
    bytesBesideFacts: (decided - bytesOf(ofFacts)) / accounts,
  };
}

/** Levels, stages, segments and what led to them, of every account. */
function compareAnswers(
  { state, programs, compiled }: BookDecider,
  hand: ByHand,
  day: number,
): void {
  const pairs: [name: string, ArrayLike<number>, ArrayLike<number>][] = [
    ["health band", state.band, hand.band],
    ["stage", state.stage, hand.stage],
    ["stage since", state.stageSince, hand.stageSince],
    ["level", state.level, hand.level],
    ["level since", state.levelSince, hand.levelSince],
    ["base level", state.base, hand.base],
    ["held", state.held, hand.held],
    ["lower since", state.lowerSince, hand.lowerSince],
    ...SEGMENTS.flatMap((name, index): [string, ArrayLike<number>, ArrayLike<number>][] => [
      [`segment ${name}`, state.segments[index]?.member ?? [], hand.segments[index]?.member ?? []],
      [
        `streak of ${name}`,
        state.segments[index]?.streak ?? [],
        hand.segments[index]?.streak ?? [],
      ],
    ]),
  ];
  for (const [name, compiledOnes, handOnes] of pairs) {
    for (let row = 0; row < handOnes.length; row++) {
      if (compiledOnes[row] !== handOnes[row])
        refuse(name, row, day, compiledOnes[row], handOnes[row]);
    }
  }
  const numbers = PROGRAMS.map((name) =>
    compiled.model.programs.findIndex((one) => one.name === name),
  );
  for (let row = 0; row < hand.programs.length; row++) {
    numbers.forEach((program, place) => {
      const [is, should] = [
        programs.holds(program, row),
        ((hand.programs[row] as number) >>> place) % 2 === 1,
      ];
      if (is !== should) refuse(`program ${PROGRAMS[place]}`, row, day, is, should);
    });
  }
}

function refuse(what: string, row: number, day: number, compiled: unknown, hand: unknown): never {
  throw new Error(
    `${what} of account ${row + 1} on day ${day + 1}: the model says ${String(compiled)}, the loop by hand ${String(hand)}. Where the template has changed, bench/by-hand.ts has to follow.`,
  );
}

function bytesOf(columns: readonly ColumnData[]): number {
  return columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
