import type { AccountRecord } from "../core/account/record.ts";
import { accountRecord } from "./account-record.ts";
import type { LiveModel } from "./live-model.ts";
import type { LoadedMark, Store, StoredAccount } from "./ports.ts";

/** An account as a worker holds it: what is stored, and the same ready to be evaluated. */
export interface LiveAccount {
  readonly id: string;
  readonly stored: Omit<StoredAccount, "events">;
  /** News that no evaluation has taken notice of. */
  readonly pending: StoredAccount["events"];
  readonly loaded: LoadedMark;
  readonly record: AccountRecord;
}

/**
 * The accounts that a worker works with, kept in memory between its jobs, so that an account of
 * a thousand events is not read whole for each new one. What is taken is always as it stands in
 * the store at that moment; the transaction that saves checks it once more.
 */
export class LiveBook {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** In the order asked for; ids that do not exist are left out. */
  async take(live: LiveModel, ids: readonly string[]): Promise<LiveAccount[]> {
    const plan = live.evaluator.compiled.plan;
    const stored = await this.#store.accounts.load(ids);
    return stored.map((account) => ({
      id: account.id,
      stored: account,
      pending: account.events.filter(({ pending }) => pending),
      loaded: account.loaded,
      record: accountRecord(plan, account),
    }));
  }
}
