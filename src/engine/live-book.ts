import type { Evaluator } from "../core/account/evaluate-accounts.ts";
import type { AccountRecord } from "../core/account/record.ts";
import { accountRecord } from "./account-record.ts";
import type { LiveModel } from "./live-model.ts";
import type {
  AccountChanges,
  EvaluatedAccount,
  LoadedMark,
  Store,
  StoredAccount,
} from "./ports.ts";

/** An account as a worker holds it: what is stored, and the same ready to be evaluated. */
export interface LiveAccount {
  readonly id: string;
  readonly stored: Omit<StoredAccount, "events" | "loaded">;
  /** All its events while it was never decided; later none: they are in the record. */
  readonly history: StoredAccount["events"];
  /** News that no evaluation has taken notice of. */
  readonly pending: StoredAccount["events"];
  readonly loaded: LoadedMark;
  readonly record: AccountRecord;
  /** How many events are in the record. */
  readonly events: number;
}

interface Held {
  readonly account: LiveAccount;
  readonly weight: number;
}

/** Events that are kept in memory over all accounts: some 250 bytes each. */
const MOST_EVENTS = 600_000;
/** What an account without events weighs, in events. */
const OWN_WEIGHT = 20;
/** Accounts that are read whole at once. */
const AT_ONCE = 500;

/**
 * The accounts that a worker works with, kept in memory between its jobs, so that an account of
 * a thousand events is not read whole for each new one. What is taken is always as it stands in
 * the store at that moment; the transaction that saves checks it once more.
 *
 * Who takes an account has it alone, and may change its record: it goes back by `settle` (it
 * was evaluated and stored) or `giveBack` (nothing in it was changed). What never comes back is
 * simply read again.
 */
export class LiveBook {
  readonly #store: Store;
  readonly #most: number;
  /** The one that was used last stands last. */
  readonly #held = new Map<string, Held>();
  #evaluator: Evaluator | undefined;
  #weight = 0;

  constructor(store: Store, mostEvents = MOST_EVENTS) {
    this.#store = store;
    this.#most = mostEvents;
  }

  get size(): number {
    return this.#held.size;
  }

  /** In the order asked for; ids that do not exist are left out. */
  async take(live: LiveModel, ids: readonly string[]): Promise<LiveAccount[]> {
    if (this.#evaluator !== live.evaluator) this.#begin(live.evaluator);
    const taken = new Map<string, LiveAccount>();
    for (const account of await this.#refreshed(ids)) taken.set(account.id, account);
    const missing = ids.filter((id) => !taken.has(id));
    for (let start = 0; start < missing.length; start += AT_ONCE) {
      const stored = await this.#store.accounts.load(missing.slice(start, start + AT_ONCE));
      for (const one of stored) taken.set(one.id, liveAccount(live, one));
    }
    return ids.flatMap((id) => taken.get(id) ?? []);
  }

  /** Back as they were taken. */
  giveBack(live: LiveModel, accounts: readonly LiveAccount[]): void {
    for (const account of accounts) this.#keep(live, account);
  }

  /**
   * Back after what was evaluated of them has been stored. `mayEvict` false: others stay. A pass over
   * a book that does not fit would throw out each account before it is asked for again.
   */
  settle(
    live: LiveModel,
    accounts: readonly LiveAccount[],
    evaluated: readonly EvaluatedAccount[],
    stateRevs: ReadonlyMap<string, number>,
    { mayEvict = true }: { readonly mayEvict?: boolean } = {},
  ): void {
    const resultOf = new Map(evaluated.map((one) => [one.id, one]));
    for (const account of accounts) {
      const result = resultOf.get(account.id);
      const stateRev = stateRevs.get(account.id);
      if (!result || stateRev === undefined) continue;
      this.#keep(live, settled(account, result, stateRev), mayEvict);
    }
  }

  #begin(evaluator: Evaluator): void {
    this.#held.clear();
    this.#weight = 0;
    this.#evaluator = evaluator;
  }

  /** Those held of them, out of the book and brought up to date. */
  async #refreshed(ids: readonly string[]): Promise<LiveAccount[]> {
    const held = ids.flatMap((id) => this.#remove(id) ?? []);
    if (held.length === 0) return [];
    const changes = await this.#store.accounts.changes(
      held.map(({ id, loaded, stored: { decidedNews, decidedOn } }) => ({
        id,
        loaded,
        decidedNews,
        decidedOn,
      })),
    );
    const changesOf = new Map(changes.map((one) => [one.id, one]));
    return held.flatMap((account) => {
      const change = changesOf.get(account.id);
      return !change || change.isOther ? [] : [broughtUpToDate(account, change)];
    });
  }

  #keep(live: LiveModel, account: LiveAccount, mayEvict = true): void {
    // one that was never decided is decided by all its events: they are not held
    if (this.#evaluator !== live.evaluator || account.stored.decidedOn === null) return;
    const present = this.#held.get(account.id)?.account.loaded;
    if (present && !isLater(account.loaded, present)) return;
    this.#remove(account.id);
    const weight = OWN_WEIGHT + account.events + account.record.touches.size;
    if (!mayEvict && this.#weight + weight > this.#most) return;
    this.#held.set(account.id, { account, weight });
    this.#weight += weight;
    for (const id of this.#held.keys()) {
      if (this.#weight <= this.#most) break;
      this.#remove(id);
    }
  }

  #remove(id: string): LiveAccount | undefined {
    const found = this.#held.get(id);
    if (!found) return undefined;
    this.#held.delete(id);
    this.#weight -= found.weight;
    return found.account;
  }
}

export function liveAccount(live: LiveModel, account: StoredAccount): LiveAccount {
  const { events, loaded, ...stored } = account;
  return {
    id: account.id,
    stored,
    history: account.decidedOn === null ? events : [],
    pending: events.filter(({ pending }) => pending),
    loaded,
    record: accountRecord(live.evaluator.compiled.plan, account),
    events: events.length,
  };
}

function broughtUpToDate(account: LiveAccount, change: AccountChanges): LiveAccount {
  const { record, stored } = account;
  const known = new Set(account.pending.map(({ id }) => id));
  const fresh = change.pending.filter(({ id }) => !known.has(id));
  for (const event of fresh) record.history.addEvent(event);
  const { state = stored.state, touches = stored.touches, byHand } = change;
  if (change.state) record.state = change.state;
  if (change.touches) {
    record.touches.clear();
    for (const touch of change.touches) record.touches.set(touch.key, touch);
  }
  return {
    ...account,
    stored: { ...stored, state, touches, byHand },
    pending: change.pending,
    loaded: change.loaded,
    events: account.events + fresh.length,
  };
}

function settled(account: LiveAccount, result: EvaluatedAccount, stateRev: number): LiveAccount {
  const { record, stored, loaded } = account;
  const handled = new Set(result.handled);
  return {
    ...account,
    stored: {
      ...stored,
      state: result.state,
      touches: [...record.touches.values()],
      decidedOn: result.day,
      decidedNews: loaded.news,
      decidedModel: result.modelVersion,
      byHand: false,
    },
    history: [],
    pending: account.pending.filter(({ id }) => !handled.has(id)),
    loaded: { ...loaded, stateRev },
    record: { ...record, isNew: false },
    events: account.events + result.events.length,
  };
}

function isLater(one: LoadedMark, other: LoadedMark): boolean {
  return (
    one.stateRev > other.stateRev || (one.stateRev === other.stateRev && one.news > other.news)
  );
}
