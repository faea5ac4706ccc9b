import type { DecideState } from "../../core/decide/index.ts";
import type { PlanAccount } from "./plan-account.ts";
import type { MatrixCell, ModelPlan } from "./types.ts";

type Counted = Pick<ModelPlan, "accounts" | "levels" | "stages" | "segments">;

/** Which accounts go from where to where, and what they are worth. */
export class MoveCounts {
  readonly #levels = new Matrix();
  readonly #stages = new Matrix();
  readonly #segments = new Map<string, Matrix>();
  readonly #accounts = { total: 0, moving: 0, revenue: 0, revenueMoving: 0, first: 0 };

  add({ before, after, isFirst }: PlanAccount): void {
    const [from, to] = [before?.decided ?? null, after.decided];
    if (!from && !to) return;
    const revenue = after.revenue ?? before?.revenue ?? 0;
    const counts = this.#accounts;
    counts.total += 1;
    counts.revenue += revenue;
    if (isFirst) counts.first += 1;
    if (from !== to && isMoving(from, to)) {
      counts.moving += 1;
      counts.revenueMoving += revenue;
    }
    this.#levels.add(from?.level?.name ?? null, to?.level?.name ?? null, revenue);
    this.#stages.add(from?.stage?.name ?? null, to?.stage?.name ?? null, revenue);
    for (const name of from === to ? [] : movedSegments(from, to)) {
      let matrix = this.#segments.get(name);
      if (!matrix) this.#segments.set(name, (matrix = new Matrix()));
      matrix.add(membership(from, name), membership(to, name), revenue);
    }
  }

  result(): Counted {
    return {
      accounts: { ...this.#accounts },
      levels: this.#levels.cells(),
      stages: this.#stages.cells(),
      segments: [...this.#segments]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([segment, matrix]) => matrix.cells().map((cell) => ({ segment, ...cell }))),
    };
  }
}

/** Whether level, home level, stage or a segment are others. */
export function isMoving(from: DecideState | null, to: DecideState | null): boolean {
  return (
    from?.level?.name !== to?.level?.name ||
    from?.level?.base !== to?.level?.base ||
    from?.stage?.name !== to?.stage?.name ||
    movedSegments(from, to).length > 0
  );
}

/** Segments that are joined, left or passed from one entry to another. */
export function movedSegments(from: DecideState | null, to: DecideState | null): string[] {
  const names = new Set([...Object.keys(from?.segments ?? {}), ...Object.keys(to?.segments ?? {})]);
  return [...names].filter((name) => membership(from, name) !== membership(to, name));
}

/** The entry of a `one` dimension, `in` of a member; null: not in it. */
export function membership(decided: DecideState | null, name: string): string | null {
  const member = decided?.segments[name]?.in ?? null;
  return typeof member === "boolean" ? (member ? "in" : null) : member;
}

class Matrix {
  readonly #rows = new Map<string | null, Map<string | null, Cell>>();

  add(from: string | null, to: string | null, revenue: number): void {
    let row = this.#rows.get(from);
    if (!row) this.#rows.set(from, (row = new Map<string | null, Cell>()));
    let cell = row.get(to);
    if (!cell) row.set(to, (cell = { from, to, accounts: 0, revenue: 0 }));
    cell.accounts += 1;
    cell.revenue += revenue;
  }

  cells(): MatrixCell[] {
    return [...this.#rows.values()]
      .flatMap((row) => [...row.values()])
      .toSorted((a, b) => order(a.from, b.from) || order(a.to, b.to));
  }
}

type Cell = { -readonly [K in keyof MatrixCell]: MatrixCell[K] };

function order(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return a === null || (b !== null && a < b) ? -1 : 1;
}
