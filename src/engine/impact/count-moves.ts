import type { DecideState } from "../../core/decide/state.ts";
import { isMoving, membership, movedSegments } from "../plan/count-moves.ts";
import type { MatrixCell } from "../plan/types.ts";
import type { ModelImpact, Mover } from "./types.ts";

/** An account by the live model and by the other one. */
export interface Pair {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly from: DecideState | null;
  readonly to: DecideState | null;
  readonly revenue: number | null;
}

const MOST_MOVERS = 300;

/** Who goes from where to where; an account may stand for several like it. */
export class ImpactMoves {
  readonly #levels = new Cells();
  readonly #stages = new Cells();
  readonly #segments = new Map<string, Cells>();
  readonly #accounts = { total: 0, moving: 0, revenue: 0, revenueMoving: 0 };
  readonly #movers: Mover[] = [];

  add(pair: Pair, weight = 1): void {
    const { from, to } = pair;
    if (!from && !to) return;
    const worth = (pair.revenue ?? 0) * weight;
    this.#accounts.total += weight;
    this.#accounts.revenue += worth;
    if (from !== to && isMoving(from, to)) {
      this.#accounts.moving += weight;
      this.#accounts.revenueMoving += worth;
      this.#movers.push(moverOf(pair));
    }
    this.#levels.add(from?.level?.name ?? null, to?.level?.name ?? null, weight, worth);
    this.#stages.add(from?.stage?.name ?? null, to?.stage?.name ?? null, weight, worth);
    for (const name of from === to ? [] : movedSegments(from, to)) {
      let cells = this.#segments.get(name);
      if (!cells) this.#segments.set(name, (cells = new Cells()));
      cells.add(membership(from, name), membership(to, name), weight, worth);
    }
  }

  result(): Pick<ModelImpact, "accounts" | "levels" | "stages" | "segments" | "movers"> {
    const { total, moving, revenue, revenueMoving } = this.#accounts;
    return {
      accounts: {
        total: Math.round(total),
        moving: Math.round(moving),
        revenue,
        revenueMoving,
      },
      levels: this.#levels.list(),
      stages: this.#stages.list(),
      segments: [...this.#segments]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([segment, cells]) => cells.list().map((cell) => ({ segment, ...cell }))),
      movers: this.#movers
        .toSorted((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0) || (a.account < b.account ? -1 : 1))
        .slice(0, MOST_MOVERS),
    };
  }
}

function moverOf({ id, name, owner, from, to, revenue }: Pair): Mover {
  const moves = [
    { what: "level", from: from?.level?.name ?? null, to: to?.level?.name ?? null },
    { what: "base_level", from: from?.level?.base ?? null, to: to?.level?.base ?? null },
    { what: "stage", from: from?.stage?.name ?? null, to: to?.stage?.name ?? null },
    ...movedSegments(from, to).map((segment) => ({
      what: `segments.${segment}`,
      from: membership(from, segment),
      to: membership(to, segment),
    })),
  ].filter((move) => move.from !== move.to);
  return { account: id, name, owner, revenue, moves };
}

/** Counts from one value to another. */
class Cells {
  readonly #cells = new Map<string, { -readonly [K in keyof MatrixCell]: MatrixCell[K] }>();

  add(from: string | null, to: string | null, accounts: number, revenue: number): void {
    const key = JSON.stringify([from, to]);
    let cell = this.#cells.get(key);
    if (!cell) this.#cells.set(key, (cell = { from, to, accounts: 0, revenue: 0 }));
    cell.accounts += accounts;
    cell.revenue += revenue;
  }

  list(): MatrixCell[] {
    return [...this.#cells.values()]
      .toSorted((a, b) => order(a.from, b.from) || order(a.to, b.to))
      .map((cell) => ({ ...cell, accounts: Math.round(cell.accounts) }));
  }
}

function order(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return a === null || (b !== null && a < b) ? -1 : 1;
}
