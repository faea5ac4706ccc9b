import { type Book, type BookLayout, columnName } from "../book/book.ts";
import type { HealthDef, Model } from "../model/types.ts";
import { type BlockFunction, type LinkedBlock, linkBlock, RuleEmitter } from "../rules/index.ts";
import type { Day } from "../time/day.ts";
import { bandIndex, type BookState } from "./book-state.ts";
import type { LocalDay } from "./signals.ts";

export interface HealthBlocks {
  bind(book: Book, state: BookState, localDay: LocalDay): HealthPass;
}

export interface HealthPass {
  /** Scores today, and where facts look back and no score was stored, those of that day. */
  run(from: number, to: number, today: Day): void;
}

/**
 * Health: one number a CS leader can quote, as a weighted score of what is known; what is
 * unknown gives its weight to the rest, and below `min_coverage` there is no score at all.
 */
export function compileHealth(
  model: Model,
  layout: BookLayout,
  daysAgo: readonly number[],
): HealthBlocks {
  const { health } = model;
  const scores = health
    ? [0, ...daysAgo].map((ago) => ({ ago, block: scoreBlock(health, layout, ago) }))
    : [];
  return {
    bind: (book, state, localDay) => {
      const passes = scores.map(({ ago, block }) => ({
        ago,
        score: book.column(columnName("health", ago)) as Float64Array,
        fill: block(book.columns, book.dict, { localDay }),
      }));
      return { run: (from, to, today) => runHealth(model, book, state, passes, from, to, today) };
    },
  };
}

interface ScorePass {
  readonly ago: number;
  readonly score: Float64Array;
  readonly fill: BlockFunction;
}

function runHealth(
  model: Model,
  book: Book,
  state: BookState,
  passes: readonly ScorePass[],
  from: number,
  to: number,
  today: Day,
): void {
  for (const { ago, score, fill } of passes) {
    fill(from, to, today);
    for (let row = from; row < to; row++) {
      if (ago === 0) state.setHealthToday(row, score[row] as number);
      else score[row] = state.healthDaysAgo(row, ago) ?? (score[row] as number);
    }
  }
  const bands = book.column("health_band") as Int32Array;
  const names = [...(model.health?.bands.map(({ name }) => name) ?? []), "unknown"];
  const codes = names.map((name) => book.dict.code(name));
  const today0 = passes[0]?.score;
  for (let row = from; row < to; row++) {
    const band = today0 ? bandOf(model.health, today0[row] as number) : bandIndex(model, "unknown");
    state.band[row] = band;
    bands[row] = codes[band] as number;
  }
}

/** The band a score is in (it starts at its number, inclusive); unknown stands after the last. */
function bandOf(health: HealthDef | undefined, score: number): number {
  const bands = health?.bands ?? [];
  if (Number.isNaN(score)) return bands.length;
  let band = 0;
  while (band + 1 < bands.length && score >= (bands[band + 1]?.from ?? Number.POSITIVE_INFINITY))
    band += 1;
  return band;
}

/**
 * To a computer 0.1 + 0.2 is not quite 0.3, and nobody's account should turn yellow over it:
 * coverage may fall short by less than this, and scores are whole tenths of it.
 */
const SLACK = 1e-9;
const FINEST = 1e10;

function scoreBlock(health: HealthDef, layout: BookLayout, ago: number): LinkedBlock {
  const emitter = new RuleEmitter(layout.asOf(ago), {
    today: ago === 0 ? "today" : `(today - ${ago})`,
  });
  const all = health.measures.reduce((sum, { weight }) => sum + weight, 0);
  const measures = health.measures.map(
    ({ score, weight }) =>
      `v = ${emitter.number(score.expr)}; if (v === v) { w += ${weight}; t += ${weight} * (v < 0 ? 0 : v > 100 ? 100 : v); }`,
  );
  const caps = health.caps.map(
    ({ when, atMost }) => `if (s > ${atMost} && ${emitter.isTrue(when.expr)}) s = ${atMost};`,
  );
  return linkBlock(
    emitter,
    `for (let i = from; i < to; i++) {
let w = 0, t = 0, v = 0;
${measures.join("\n")}
let s = w > 0 && w / ${all} >= ${health.minCoverage - SLACK} ? Math.round((t / w) * ${FINEST}) / ${FINEST} : NaN;
${caps.join("\n")}
${emitter.column("health")}[i] = s;
}`,
  );
}
