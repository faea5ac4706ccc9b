import type { Model } from "../../core/model/index.ts";
import type { Instant } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import { takeTurns } from "../impact/take-turns.ts";
import { keptBook } from "../impact/kept-book.ts";
import { liveModel } from "../live-model.ts";
import { revenuePlace } from "./revenue-place.ts";
import { membership } from "../plan/count-moves.ts";
import type { BookAccount } from "../ports.ts";

export interface SegmentSize {
  /** `power_user`; of a dimension `value.core`. */
  readonly name: string;
  /** The dimension, where it belongs to one. */
  readonly dimension: string | null;
  readonly accounts: number;
  readonly revenue: number;
}

export interface SegmentOverlaps {
  readonly asOf: Instant;
  readonly accounts: number;
  readonly revenue: number;
  readonly segments: readonly SegmentSize[];
  /** Accounts that are in both; pairs that share none are left out, and so are those of one dimension. */
  readonly pairs: readonly {
    readonly a: string;
    readonly b: string;
    readonly accounts: number;
    readonly revenue: number;
  }[];
}

/** How many accounts are in each segment, and in each two at once. */
export async function segmentOverlaps(context: EngineContext): Promise<SegmentOverlaps> {
  const { model } = await liveModel(context);
  const { pages, asOf } = await keptBook(context).read();
  const counts = new Overlaps(segmentNames(model));
  const revenue = revenuePlace(model);
  for (const { accounts } of pages) {
    await takeTurns(undefined);
    for (const account of accounts) counts.add(account, revenue);
  }
  return { asOf, ...counts.result() };
}

function segmentNames({ segments }: Model): Pick<SegmentSize, "name" | "dimension">[] {
  return segments.flatMap((segment): Pick<SegmentSize, "name" | "dimension">[] =>
    segment.kind === "one"
      ? segment.entries.map(({ name }) => ({
          name: `${segment.name}.${name}`,
          dimension: segment.name,
        }))
      : [{ name: segment.name, dimension: null }],
  );
}

class Overlaps {
  readonly #names: readonly Pick<SegmentSize, "name" | "dimension">[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #dimensions: readonly string[];
  /** In row a, column b: both; in the diagonal: the segment by itself. */
  readonly #accounts: Float64Array;
  readonly #revenue: Float64Array;
  #total = 0;
  #worth = 0;

  constructor(names: readonly Pick<SegmentSize, "name" | "dimension">[]) {
    this.#names = names;
    this.#places = new Map(names.map(({ name }, place) => [name, place]));
    this.#dimensions = [...new Set(names.map(({ name, dimension }) => dimension ?? name))];
    this.#accounts = new Float64Array(names.length ** 2);
    this.#revenue = new Float64Array(names.length ** 2);
  }

  add({ state, facts }: BookAccount, revenue: number | null): void {
    if (!state?.decided || state.closed) return;
    const value = revenue === null ? null : facts?.[revenue];
    const worth = typeof value === "number" ? value : 0;
    this.#total += 1;
    this.#worth += worth;
    const { decided } = state;
    const places = this.#dimensions.flatMap((dimension) => {
      const entry = membership(decided, dimension);
      if (entry === null) return [];
      return this.#places.get(dimension) ?? this.#places.get(`${dimension}.${entry}`) ?? [];
    });
    for (const a of places) {
      for (const b of places) {
        const at = a * this.#names.length + b;
        this.#accounts[at] = (this.#accounts[at] ?? 0) + 1;
        this.#revenue[at] = (this.#revenue[at] ?? 0) + worth;
      }
    }
  }

  result(): Omit<SegmentOverlaps, "asOf"> {
    const of = (a: number, b: number) => ({
      accounts: this.#accounts[a * this.#names.length + b] ?? 0,
      revenue: this.#revenue[a * this.#names.length + b] ?? 0,
    });
    return {
      accounts: this.#total,
      revenue: this.#worth,
      segments: this.#names.map((one, place) => ({ ...one, ...of(place, place) })),
      pairs: this.#names.flatMap(({ name: a, dimension }, place) =>
        this.#names.slice(place + 1).flatMap(({ name: b, dimension: other }, after) => {
          const both = of(place, place + 1 + after);
          const isOne = dimension !== null && dimension === other;
          return isOne || both.accounts === 0 ? [] : [{ a, b, ...both }];
        }),
      ),
    };
  }
}
