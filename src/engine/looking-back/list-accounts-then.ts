import { decisionEnv } from "../../core/explain/index.ts";
import type { Model } from "../../core/model/index.ts";
import { evaluateRule } from "../../core/rules/index.ts";
import type { Rule, Value } from "../../core/rules/types.ts";
import type { Day } from "../../core/time/day.ts";
import type { EngineContext, Progress } from "../context.ts";
import { refuseTomorrow } from "../explain-account.ts";
import {
  type AccountList,
  type AccountQuery,
  compareValues,
  readSort,
  readWhere,
} from "../list-accounts.ts";
import { liveModel } from "../live-model.ts";
import type { CurrentDecision } from "../ports.ts";
import { lookBack, type Then } from "./decisions-then.ts";

/** An account as it stood on a day; its name and owner are those of today. */
export interface AccountThen extends CurrentDecision {
  /** False: nothing was stored for that day, this is worked out. */
  readonly stored: boolean;
}

export interface AccountListThen extends AccountList {
  readonly accounts: readonly AccountThen[];
  readonly day: Day;
  /** The version that was live then. */
  readonly version: number;
  /** How many of the book's accounts stand in which way to that day. */
  readonly counts: {
    readonly stored: number;
    readonly computed: number;
    readonly closed: number;
    readonly notKnown: number;
  };
}

/** Lists accounts as they stood on a past day, by the model that was live then. */
export async function listAccountsThen(
  context: EngineContext,
  day: Day,
  query: AccountQuery,
  progress?: Progress,
): Promise<AccountListThen> {
  const live = await liveModel(context);
  refuseTomorrow(day, live.moment().today);
  const past = await lookBack(context, live, day);
  const { model, stored } = await past.models.on(day);
  const found = new Found(model, query);
  const counts = { stored: 0, computed: 0, closed: 0, notKnown: 0 };
  const ids = await context.store.accounts.ids({});
  let seen = 0;
  for await (const page of past.of(ids)) {
    for (const then of page) {
      counts[wayOf(then)] += 1;
      if (then.kind === "decided") found.look(then);
    }
    progress?.((seen += page.length), ids.length);
  }
  return {
    model,
    day,
    version: stored.version,
    counts,
    accounts: found.accounts(),
    total: found.total,
  };
}

function wayOf(then: Then): keyof AccountListThen["counts"] {
  if (then.kind === "closed") return "closed";
  if (then.kind === "not-known") return "notKnown";
  return then.stored ? "stored" : "computed";
}

/** Keeps what fits, and with a limit no more than can still be shown. */
class Found {
  total = 0;
  readonly #model: Model;
  readonly #rule: Rule | undefined;
  readonly #order: { readonly name: string; readonly sign: 1 | -1 } | undefined;
  readonly #limit: number;
  #kept: { readonly one: AccountThen; readonly key: Value }[] = [];

  constructor(model: Model, { where, sort, limit }: AccountQuery) {
    this.#model = model;
    this.#rule = where === undefined ? undefined : readWhere(model, where, "--where");
    this.#order = sort === undefined ? undefined : readSort(model, sort, "--sort");
    this.#limit = limit ?? Number.POSITIVE_INFINITY;
  }

  look({ account, decision, stored }: Then & { readonly kind: "decided" }): void {
    const env = decisionEnv(this.#model, decision);
    if (this.#rule && evaluateRule(this.#rule, env) !== true) return;
    this.total += 1;
    if (!this.#order && this.#kept.length >= this.#limit) return;
    const { id, name, owner } = account;
    const key = this.#order ? env.get(this.#order.name) : null;
    this.#kept.push({ one: { id, name, owner, decision: slim(decision), stored }, key });
    if (this.#kept.length > 2 * this.#limit + SOME) this.#trim();
  }

  accounts(): readonly AccountThen[] {
    this.#trim();
    return this.#kept.map(({ one }) => one);
  }

  #trim(): void {
    const order = this.#order;
    if (order)
      this.#kept.sort(
        (a, b) => compareValues(a.key, b.key, order.sign) || (a.one.id < b.one.id ? -1 : 1),
      );
    if (this.#kept.length > this.#limit) this.#kept.length = this.#limit;
  }
}

const SOME = 1000;

type Decision = CurrentDecision["decision"];

/** Without the steps that led to it, which no list shows: a large book is kept in memory. */
function slim(decision: Decision): Decision {
  const { level, stage, health } = decision;
  return {
    ...decision,
    health: { ...health, measures: {} },
    stage: stage && { ...stage, exit: {}, moves: [] },
    level: level && { ...level, steps: [] },
  };
}
