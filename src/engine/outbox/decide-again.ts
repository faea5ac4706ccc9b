import { withContact } from "../../core/account/evaluate-accounts.ts";
import { ownerKindOf } from "../../core/allocate/owner-kind.ts";
import { type Decision, decisionOf, rowEnv } from "../../core/decide/index.ts";
import type { Env } from "../../core/rules/types.ts";
import type { Day } from "../../core/time/day.ts";
import type { LiveAccount } from "../live-book.ts";
import type { LiveModel } from "../live-model.ts";

/** An account's values as its rules and messages read them today. */
export interface Decided {
  readonly decision: Decision;
  /** With what is known of a contact. */
  env(contact: string): Env;
}

/**
 * What is decided of accounts now: the same as stored, since all of them are decided up to now.
 * Use the answers before anything else is decided with this model: they read its book.
 */
export function decideAgain(
  live: LiveModel,
  accounts: readonly LiveAccount[],
  today: Day,
): Map<string, Decided> {
  const { decider } = live.evaluator;
  const records = accounts.map(({ record }) => record);
  decider.read(
    records.map(({ history }) => history),
    today,
  );
  records.forEach(({ state }, row) => decider.state.load(row, state.decided, state.pin, today));
  decider.run(0, records.length, today);
  return new Map(
    accounts.map((account, row): [string, Decided] => {
      const { state, history } = account.record;
      const env = rowEnv(decider, row, today);
      const contacts = history.contacts(today);
      return [
        account.id,
        {
          decision: decisionOf(decider, row, {
            today,
            modelVersion: live.stored.version,
            pin: state.pin,
            runs: state.schedule.runs,
            by: ownerKindOf(live.model, state.decided?.level ?? null),
          }),
          env: (contact) => withContact(live.model, env, contacts, contact),
        },
      ];
    }),
  );
}
