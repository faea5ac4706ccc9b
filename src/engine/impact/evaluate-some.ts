import { factPlace } from "../../core/decide/index.ts";
import type { Frame } from "../../core/allocate/types.ts";
import type { EngineContext } from "../context.ts";
import type { LiveModel } from "../live-model.ts";
import { evaluateChange } from "../plan/evaluate-change.ts";
import { type PlanAccount, planAccount } from "../plan/plan-account.ts";
import { touchChanges } from "../plan/touch-changes.ts";
import type { Existing } from "../plan/types.ts";
import type { BookAccount } from "../ports.ts";
import { readReplay } from "../replay.ts";
import { evenOrder } from "./choose-sample.ts";
import type { ImpactMoves, Pair } from "./count-moves.ts";
import { mayEcho } from "./echoes.ts";
import { WorkEstimate } from "./estimate-work.ts";
import type { ImpactOptions } from "./model-impact.ts";
import type { Affected, SortedBook } from "./sort-book.ts";
import { takeTurns } from "./take-turns.ts";
import type { Told } from "./target-book.ts";
import type { ModelImpact } from "./types.ts";

interface Change {
  readonly live: LiveModel;
  readonly target: LiveModel;
  readonly frame: Frame;
  readonly existing: Existing;
}

interface SomeEvaluated extends Pick<ModelImpact, "evaluated" | "exact"> {
  readonly moves: ImpactMoves;
  readonly work: WorkEstimate;
}

/** Accounts evaluated at once: some twenty milliseconds. */
const AT_ONCE = 12;

/** Evaluates those that a change touches, in an order in which each that was stands for its like. */
export async function evaluateSome(
  context: EngineContext,
  change: Change,
  { moves, same, affected }: SortedBook,
  { isEnough, signal }: ImpactOptions,
): Promise<SomeEvaluated> {
  const tally = new Tally(moves, new WorkEstimate(change.frame), change.live);
  for (const touches of same) tally.work.addSame(touches);
  const order = evenOrder(affected, stratumOf);
  const models = { live: change.live.model, target: change.target.model };
  const { live, existing } = change;
  const replay = await readReplay(context.store);
  const options = { live, existing, replay, now: context.clock() };
  let done = 0;
  while (done < order.length) {
    if (done > 0 && isEnough?.() === true) break;
    await takeTurns(signal);
    const batch = new Map(order.slice(done, done + AT_ONCE).map((one) => [one.account.id, one]));
    const some = { ...options, ids: [...batch.keys()] };
    for await (const changes of evaluateChange(context, change.target, some)) {
      for (const one of changes) {
        const of = batch.get(one.decided.account.id);
        if (!of) continue;
        const account = planAccount(one, models);
        tally.work.addEvaluated(stratumOf(of), account, touchChanges(one));
        tally.addPair(of.told, pairOf(account));
      }
    }
    done = Math.min(done + AT_ONCE, order.length);
  }
  for (const of of order.slice(done)) tally.addOther(of);
  const others = tally.weigh();
  const isWhole = done === order.length;
  return {
    moves,
    work: tally.work,
    evaluated: done,
    exact: { moves: isWhole || (others === 0 && !mayEcho(change.target)), work: isWhole },
  };
}

/** What is known of each, and by how many each has to be counted whose like nobody has evaluated. */
class Tally {
  readonly work: WorkEstimate;
  readonly #moves: ImpactMoves;
  readonly #live: LiveModel;
  /** Evaluated, of those of whom nothing else tells. */
  readonly #untold: Pair[] = [];
  #others = 0;

  constructor(moves: ImpactMoves, work: WorkEstimate, live: LiveModel) {
    this.#moves = moves;
    this.work = work;
    this.#live = live;
  }

  addPair(told: Told | null, pair: Pair): void {
    if (told) this.#moves.add(pair);
    else this.#untold.push(pair);
  }

  addOther(of: Affected): void {
    this.work.addOther(stratumOf(of), of.touches);
    if (of.told) this.#moves.add(toldPair(of.account, of.told, this.#live));
    else this.#others += 1;
  }

  /** Answers how many accounts others stand for. */
  weigh(): number {
    const weight = 1 + this.#others / Math.max(1, this.#untold.length);
    for (const pair of this.#untold) this.#moves.add(pair, weight);
    return this.#others;
  }
}

/** Those that make the same move fare alike. */
function stratumOf({ account, told }: Affected): string {
  if (!told) return "?";
  const [from, to] = [account.state?.decided ?? null, told.decided];
  return JSON.stringify([
    from?.level?.name,
    to?.level?.name,
    from?.stage?.name !== to?.stage?.name,
  ]);
}

function pairOf({ id, name, owner, before, after }: PlanAccount): Pair {
  return {
    id,
    name,
    owner,
    from: before?.decided ?? null,
    to: after.decided,
    revenue: after.revenue ?? before?.revenue ?? null,
  };
}

function toldPair(account: BookAccount, told: Told, live: LiveModel): Pair {
  const { id, name, owner, state, facts } = account;
  const { revenue } = live.model.workspace;
  const worth = revenue === undefined ? null : facts?.[factPlace(live.model, revenue)];
  return {
    id,
    name,
    owner,
    from: state?.closed === true ? null : (state?.decided ?? null),
    to: told.decided,
    revenue: told.revenue ?? (typeof worth === "number" ? worth : null),
  };
}
