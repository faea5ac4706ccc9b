import type { DecideState } from "../../core/decide/index.ts";
import { isAhead } from "../../core/schedule/index.ts";
import type { Model } from "../../core/model/index.ts";
import { revenueOf } from "../revenue-of.ts";
import type { BookTouch } from "../ports.ts";
import type { EvaluatedChange, Standing } from "./evaluate-change.ts";

/** How an account stands by one of the two models. */
export interface PlanSide {
  /** null: it is closed. */
  readonly decided: DecideState | null;
  readonly revenue: number | null;
  readonly touches: readonly BookTouch[];
}

/** An account as a plan compares it: one that stays as it is has the same twice. */
export interface PlanAccount {
  readonly id: string;
  readonly owner: string | null;
  readonly name: string | null;
  /** Never decided before. */
  readonly isFirst: boolean;
  /** null: no model is live. */
  readonly before: PlanSide | null;
  readonly after: PlanSide;
}

export function planAccount(
  { before, decided }: EvaluatedChange,
  models: { readonly live: Model | null; readonly target: Model },
): PlanAccount {
  const { account, result } = decided;
  const mails = new Map<string, string | null>();
  for (const { id, email } of account.stored.contacts) mails.set(id, email);
  const after: Standing = {
    decision: result.decision,
    state: result.record.state,
    touches: [...result.record.touches.values()],
  };
  return {
    id: account.id,
    name: account.stored.name,
    owner: account.stored.owner,
    isFirst: account.stored.decidedOn === null,
    before: before && models.live ? side(models.live, before, mails) : null,
    after: side(models.target, after, mails),
  };
}

function side(
  model: Model,
  { decision, state, touches }: Standing,
  mails: ReadonlyMap<string, string | null>,
): PlanSide {
  return {
    decided: decision ? state.decided : null,
    revenue: decision ? revenueOf(model, decision) : null,
    touches: touches.filter(isAhead).map((touch) => ({
      ...touch,
      email: touch.contact === null ? null : (mails.get(touch.contact) ?? null),
    })),
  };
}
