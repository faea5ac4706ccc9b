import { formatDay } from "../../core/time/day.ts";
import type { Rollback } from "../rollback-model.ts";

/** What a rollback restores, as commands and the API show it. */
export function rollbackJson({ from, to, accounts, touches, isKept }: Rollback) {
  return {
    from: { version: from.version, name: from.name },
    to: { version: to.version, name: to.name },
    accounts: {
      total: accounts.total,
      restored: accounts.restored,
      caught_up: accounts.caughtUp,
      kept_by_hand: accounts.keptByHand,
      decided_anew: accounts.decidedAnew,
    },
    touches: {
      restored: touches.restored,
      removed: touches.removed,
      staying: touches.staying.map(({ id, account, touchpoint, title, due, status, result }) => ({
        id,
        account,
        touchpoint,
        title,
        due: formatDay(due),
        status,
        result,
      })),
    },
    is_kept: isKept,
  };
}
