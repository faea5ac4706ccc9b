import type { CapsDef } from "../../core/model/types.ts";
import type { Day } from "../../core/time/day.ts";
import type { Member } from "../../core/allocate/types.ts";
import { accountMove, type Models } from "./account-move.ts";
import { MessageCounts } from "./count-messages.ts";
import { isMoving, MoveCounts } from "./count-moves.ts";
import { ProgramCounts } from "./count-programs.ts";
import { TouchCounts } from "./count-touches.ts";
import { WorkCounts } from "./count-work.ts";
import type { EvaluatedChange } from "./evaluate-change.ts";
import { CapCounts } from "./find-newly-capped.ts";
import { type PlanAccount, planAccount } from "./plan-account.ts";
import type { LeftAlone } from "./problems.ts";
import { touchChanges } from "./touch-changes.ts";
import type { AccountMove, ModelPlan, TouchChange } from "./types.ts";

type Folded = Pick<
  ModelPlan,
  | "accounts"
  | "levels"
  | "stages"
  | "segments"
  | "moves"
  | "programs"
  | "touches"
  | "touchChanges"
  | "messages"
  | "newlyCapped"
  | "hours"
>;

const EXAMPLES = 3;

/** Takes in the book account by account and says what the change comes to. */
export class PlanFold {
  readonly #models: Models;
  readonly #counts = new MoveCounts();
  readonly #programs = new ProgramCounts();
  readonly #touches = new TouchCounts();
  readonly #messages: MessageCounts;
  readonly #caps: CapCounts;
  readonly #work: WorkCounts;
  readonly #moves: AccountMove[] = [];
  readonly #changes: TouchChange[] = [];
  readonly #leftAlone = { accounts: 0, revenue: 0, examples: [] as string[] };

  constructor(models: Models, team: readonly Member[], today: Day) {
    this.#models = models;
    this.#messages = new MessageCounts(today);
    this.#caps = new CapCounts(today);
    this.#work = new WorkCounts(models, team, today);
  }

  /** One that stays as it is: both sides are the same. */
  addSame(account: PlanAccount): void {
    this.#add(account, []);
  }

  /** One of which only touches are others, by what they copy. */
  addRenewed(account: PlanAccount, changes: readonly TouchChange[]): void {
    this.#add(account, changes);
    this.#changes.push(...changes);
  }

  addChange(change: EvaluatedChange): void {
    const account = planAccount(change, this.#models);
    const changes = touchChanges(change);
    this.#add(account, changes);
    this.#changes.push(...changes);
    this.#programs.add(change);
    if (this.#models.live && isMoving(account.before?.decided ?? null, account.after.decided))
      this.#moves.push(accountMove(change, account, this.#models));
    this.#noteLeftAlone(change, account);
  }

  result(): Folded & { readonly leftAlone: LeftAlone; readonly soon: MessageCounts["soon"] } {
    const { live, target } = this.#models;
    const caps: { before: CapsDef | null; after: CapsDef } = {
      before: live?.caps ?? null,
      after: target.caps,
    };
    return {
      ...this.#counts.result(),
      moves: this.#moves.toSorted(
        (a, b) => (b.revenue ?? 0) - (a.revenue ?? 0) || (a.account < b.account ? -1 : 1),
      ),
      programs: this.#programs.result(),
      touches: this.#touches.result(),
      touchChanges: this.#changes.toSorted((a, b) =>
        a.account === b.account ? 0 : a.account < b.account ? -1 : 1,
      ),
      messages: this.#messages.result(),
      newlyCapped: this.#caps.result(caps),
      hours: this.#work.result(),
      leftAlone: this.#leftAlone,
      soon: this.#messages.soon,
    };
  }

  #add(account: PlanAccount, changes: readonly TouchChange[]): void {
    const { before, after } = account;
    this.#counts.add(account);
    this.#touches.add(before?.touches ?? [], changes);
    const isSame = before?.touches === after.touches;
    if (before) this.#messages.add("before", before.touches);
    if (before && !isSame) this.#caps.add("before", before.touches);
    this.#messages.add("after", after.touches);
    this.#caps.add(isSame ? "same" : "after", after.touches);
    this.#work.add(account);
  }

  /** In a program by the live model, and in none by the new one. */
  #noteLeftAlone({ before, decided }: EvaluatedChange, { id, name, after }: PlanAccount): void {
    const { record, heldBack } = decided.result;
    const had = before?.state.schedule.runs.length ?? 0;
    if (had === 0 || record.state.schedule.runs.length > 0 || !after.decided) return;
    if (heldBack.length > 0) return;
    const left = this.#leftAlone;
    left.accounts += 1;
    left.revenue += after.revenue ?? 0;
    if (left.examples.length < EXAMPLES) left.examples.push(name ?? id);
  }
}
