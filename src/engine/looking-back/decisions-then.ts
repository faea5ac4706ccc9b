import type { Decision } from "../../core/decide/index.ts";
import type { Day } from "../../core/time/day.ts";
import { awaitedLater } from "../awaited-later.ts";
import type { EngineContext } from "../context.ts";
import { knownSince } from "../known-since.ts";
import type { LiveModel } from "../live-model.ts";
import type { DecisionRecord, StoredAccount } from "../ports.ts";
import { readReplay } from "../replay.ts";
import { type ModelsThen, modelsThen } from "./models-then.ts";
import { rollForward, type RollTo } from "./roll-forward.ts";

/** What is said of an account for a day. */
export type Then = { readonly account: StoredAccount } & (
  | {
      readonly kind: "decided";
      readonly decision: Decision;
      /** False: none was stored for that day, this one is worked out. */
      readonly stored: boolean;
    }
  | { readonly kind: "closed" }
  /** Nothing is known of it before `since`. */
  | { readonly kind: "not-known"; readonly since: Day }
);

/** Answers for a past day, or today, account by account. */
export class LookBack {
  readonly models: ModelsThen;
  readonly day: Day;
  readonly #context: EngineContext;
  readonly #live: LiveModel;
  readonly #to: RollTo;

  constructor(context: EngineContext, live: LiveModel, to: RollTo) {
    this.#context = context;
    this.#live = live;
    this.#to = to;
    this.models = to.models;
    this.day = to.day;
  }

  /** In the order asked for; a hundred at a time, so that a large book costs no more memory. */
  async *of(ids: readonly string[]): AsyncGenerator<readonly Then[]> {
    const { store } = this.#context;
    const load = (start: number) => {
      const batch = ids.slice(start, start + BATCH);
      return awaitedLater(
        Promise.all([store.accounts.load(batch), store.decisions.on(batch, this.day)]),
      );
    };
    let loading = load(0);
    try {
      for (let start = 0; start < ids.length; start += BATCH) {
        const [accounts, earlier] = await loading;
        // the store works elsewhere: it reads the next ones meanwhile
        loading = load(start + BATCH);
        yield await this.#thenOf(accounts, earlier);
      }
    } finally {
      await Promise.allSettled([loading]);
    }
  }

  async #thenOf(
    accounts: readonly StoredAccount[],
    earlier: ReadonlyMap<string, DecisionRecord>,
  ): Promise<Then[]> {
    const latest = await this.#latest(accounts);
    const found = accounts.map((account) => this.#stored(account, latest, earlier));
    const missing = accounts.filter((_, index) => found[index] === undefined);
    const rolled = await rollForward(
      this.#to,
      missing.map((account) => ({ account, before: earlier.get(account.id) ?? null })),
    );
    const computed = new Map(missing.map(({ id }, index) => [id, rolled[index] ?? null]));
    return accounts.map((account, index) => found[index] ?? asThen(account, computed));
  }

  #stored(
    account: StoredAccount,
    latest: ReadonlyMap<string, Decision>,
    earlier: ReadonlyMap<string, DecisionRecord>,
  ): Then | undefined {
    const since = knownSince(account, this.#live.evaluator.decider);
    if (since > this.day) return { account, kind: "not-known", since };
    const record = earlier.get(account.id);
    const decision =
      latest.get(account.id) ?? (record?.day === this.day ? record.decision : undefined);
    return decision && { account, kind: "decided", decision, stored: true };
  }

  /** Those whose present decision is of the day: it knows more of the day than the last that differed. */
  async #latest(accounts: readonly StoredAccount[]): Promise<Map<string, Decision>> {
    const found = new Map<string, Decision>();
    const ids = accounts.filter(({ decidedOn }) => decidedOn === this.day).map(({ id }) => id);
    if (ids.length === 0) return found;
    for await (const page of this.#context.store.decisions.current(ids))
      for (const { id, decision } of page) found.set(id, decision);
    return found;
  }
}

const BATCH = 100;

function asThen(account: StoredAccount, computed: ReadonlyMap<string, Decision | null>): Then {
  const decision = computed.get(account.id);
  return decision
    ? { account, kind: "decided", decision, stored: false }
    : { account, kind: "closed" };
}

/** Looks back from now: at what was stored, and by the models that were live on the days between. */
export async function lookBack(
  context: EngineContext,
  live: LiveModel,
  day: Day,
): Promise<LookBack> {
  const to = {
    models: await modelsThen(context, live),
    replay: await readReplay(context.store),
    day,
    now: live.moment(),
  };
  return new LookBack(context, live, to);
}
