import type { Frame } from "../../core/allocate/types.ts";
import type { PlanSide } from "../plan/plan-account.ts";
import type { TouchChange, TouchFate } from "../plan/types.ts";
import type { BookTouch } from "../ports.ts";
import { WorkWeeks } from "./count-work.ts";
import type { TouchImpact } from "./types.ts";

/** Accounts that fare alike, of which some were evaluated and stand for the others. */
class Stratum {
  readonly difference: WorkWeeks;
  readonly fates = { human: noFates(), automated: noFates() };
  evaluated = 0;
  others = 0;

  constructor(frame: Frame) {
    this.difference = new WorkWeeks(frame);
  }

  /** How many each of the evaluated ones stands for beside itself. */
  get more(): number {
    return this.evaluated === 0 ? 0 : this.others / this.evaluated;
  }
}

/** An account's touches by the live model, and by the one that is tried. */
interface Sides {
  readonly before: Pick<PlanSide, "touches"> | null;
  readonly after: Pick<PlanSide, "touches">;
}

/**
 * What becomes of touches: exactly where an account was evaluated, and for the others by what
 * became of those that make the same move.
 */
export class WorkEstimate {
  readonly #frame: Frame;
  readonly #before: WorkWeeks;
  readonly #after: WorkWeeks;
  readonly #strata = new Map<string, Stratum>();

  constructor(frame: Frame) {
    this.#frame = frame;
    this.#before = new WorkWeeks(frame);
    this.#after = new WorkWeeks(frame);
  }

  /** Nothing becomes of these. */
  addSame(touches: readonly BookTouch[]): void {
    this.#before.addTouches(touches);
    this.#after.addTouches(touches);
  }

  /** @param changes what becomes of its touches that are ahead */
  addEvaluated(
    stratum: string,
    { before, after }: Sides,
    changes: readonly Pick<TouchChange, "fate" | "human">[],
  ): void {
    const own = this.#of(stratum);
    own.evaluated += 1;
    this.#before.addTouches(before?.touches ?? []);
    this.#after.addTouches(after.touches);
    own.difference.addTouches(after.touches);
    own.difference.addTouches(before?.touches ?? [], -1);
    for (const { fate, human } of changes) own.fates[human ? "human" : "automated"][fate] += 1;
  }

  /** @param touches that are open by the live model */
  addOther(stratum: string, touches: readonly BookTouch[]): void {
    this.addSame(touches);
    this.#of(stratum).others += 1;
  }

  result(): {
    readonly before: WorkWeeks;
    readonly after: WorkWeeks;
    readonly touches: { readonly human: TouchImpact; readonly automated: TouchImpact };
  } {
    const after = new WorkWeeks(this.#frame);
    after.addWeeks(this.#after);
    const touches = { human: noFates(), automated: noFates() };
    for (const { difference, fates, more } of this.#withOthers()) {
      after.addWeeks(difference, more);
      addFates(touches.human, fates.human, 1 + more);
      addFates(touches.automated, fates.automated, 1 + more);
    }
    return {
      before: this.#before,
      after,
      touches: { human: whole(touches.human), automated: whole(touches.automated) },
    };
  }

  /** Where nobody of a stratum was evaluated, all that were stand for it. */
  #withOthers(): Pick<Stratum, "difference" | "fates" | "more">[] {
    const strata = [...this.#strata.values()];
    const orphans = strata
      .filter(({ evaluated }) => evaluated === 0)
      .reduce((sum, { others }) => sum + others, 0);
    const evaluated = strata.reduce((sum, one) => sum + one.evaluated, 0);
    const share = evaluated === 0 ? 0 : orphans / evaluated;
    return strata.map(({ difference, fates, more }) => ({ difference, fates, more: more + share }));
  }

  #of(name: string): Stratum {
    let stratum = this.#strata.get(name);
    if (!stratum) this.#strata.set(name, (stratum = new Stratum(this.#frame)));
    return stratum;
  }
}

type Fates = Record<TouchFate, number>;

function noFates(): Fates {
  return { made: 0, cancelled: 0, moved: 0, changed: 0 };
}

function addFates(to: Fates, from: Fates, weight: number): void {
  for (const fate of Object.keys(to) as TouchFate[]) to[fate] += from[fate] * weight;
}

function whole(fates: Fates): TouchImpact {
  return {
    made: Math.round(fates.made),
    cancelled: Math.round(fates.cancelled),
    moved: Math.round(fates.moved),
    changed: Math.round(fates.changed),
  };
}
