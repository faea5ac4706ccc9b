import { type Book, type BookLayout, columnName } from "../book/book.ts";
import type { HealthDef, Model } from "../model/types.ts";
import { type BlockFunction, type LinkedBlock, linkBlock, RuleEmitter } from "../rules/index.ts";
import type { Day } from "../time/day.ts";
import type { BookState } from "./book-state.ts";
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
      const showBands = bandsOf(model, book, state, passes[0]?.score);
      return {
        run: (from, to, today) => {
          for (const pass of passes) runScore(pass, state, from, to, today);
          showBands(from, to);
        },
      };
    },
  };
}

interface ScorePass {
  readonly ago: number;
  readonly score: Float64Array;
  readonly fill: BlockFunction;
}

function runScore(
  { ago, score, fill }: ScorePass,
  state: BookState,
  from: number,
  to: number,
  today: Day,
): void {
  fill(from, to, today);
  if (state.healthDays === 0) return;
  for (let row = from; row < to; row++) {
    if (ago === 0) state.setHealthToday(row, score[row] as number);
    else score[row] = state.healthDaysAgo(row, ago) ?? (score[row] as number);
  }
}

/** The band a score is in (it starts at its number, inclusive); unknown stands after the last. */
function bandsOf(
  model: Model,
  book: Book,
  state: BookState,
  scores: Float64Array | undefined,
): (from: number, to: number) => void {
  const bands = model.health?.bands ?? [];
  const starts = Float64Array.from(bands, ({ from }) => from);
  const codes = Int32Array.from([...bands.map(({ name }) => name), "unknown"], (name) =>
    book.dict.code(name),
  );
  const shown = book.column("health_band") as Int32Array;
  return (from, to) => {
    for (let row = from; row < to; row++) {
      const score = scores ? (scores[row] as number) : Number.NaN;
      let band = starts.length;
      if (!Number.isNaN(score)) {
        band = 0;
        while (band + 1 < starts.length && score >= (starts[band + 1] as number)) band += 1;
      }
      state.band[row] = band;
      shown[row] = codes[band] as number;
    }
  };
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
