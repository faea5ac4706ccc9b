import type { AccountState } from "../../core/account/state.ts";
import { startRun } from "../../core/schedule/index.ts";
import type { EngineContext } from "../context.ts";
import type { LiveModel } from "../live-model.ts";
import type { BulkAction, StoredAccount } from "../ports.ts";

/** An action on what is remembered of an account; handing accounts over goes another way. */
export type StateAction = Exclude<BulkAction, { readonly kind: "assign" }>;

/** What is remembered of the account once it is done; a text: why it cannot be. null: it is so already. */
export function stateAfter(
  { actor }: Pick<EngineContext, "actor">,
  live: LiveModel,
  { state }: Pick<StoredAccount, "state">,
  action: StateAction,
  reason: string,
): AccountState | string | null {
  if (!state?.decided) return state?.closed ? "It is closed." : "Nothing is decided of it yet.";
  switch (action.kind) {
    case "pin": {
      const { pin } = state;
      if (pin?.level === action.level && pin.until === action.until && pin.reason === reason)
        return null;
      return { ...state, pin: { level: action.level, until: action.until, reason, by: actor } };
    }
    case "unpin":
      return state.pin ? { ...state, pin: null } : null;
    case "start": {
      const { program } = action;
      const isRunning = state.schedule.runs.some(
        (run) => run.program === program && run.status === "open",
      );
      if (isRunning) return null;
      const choice = { program, contact: null };
      const change = startRun(live.model, state.schedule, choice, live.moment().today);
      return change.refused === undefined
        ? { ...state, schedule: change.state }
        : `${change.refused}.`;
    }
  }
}

/** As the audit log says it. */
export function tellAction(action: StateAction): string {
  if (action.kind === "pin") return `level pinned to ${action.level}`;
  return action.kind === "unpin" ? "pin taken back" : `program ${action.program} started`;
}
