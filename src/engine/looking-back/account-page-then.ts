import { decisionEnv } from "../../core/explain/index.ts";
import { evaluateRule } from "../../core/rules/index.ts";
import type { Day } from "../../core/time/day.ts";
import type { AccountPageQuery, AccountPlace, Page } from "../account-page.ts";
import type { EngineContext } from "../context.ts";
import { refuseTomorrow } from "../explain-account.ts";
import { readWhere } from "../list-accounts.ts";
import { liveModel } from "../live-model.ts";
import type { ListedAccount } from "../ports.ts";
import { lookBack, type Then } from "./decisions-then.ts";

export interface ListedThen extends ListedAccount {
  readonly stored: boolean;
}

/** Accounts looked at in one go while a page is filled. */
const CHUNK = 100;

type Wanted = (then: Then & { readonly kind: "decided" }) => boolean;

/**
 * A page of accounts as they stood on a past day, in the order in which they are kept: each is
 * worked out when its page is asked for. Those closed on that day, or not known then, are left out.
 */
export async function accountPageThen(
  context: EngineContext,
  day: Day,
  { where, level, stage, owner, text }: Omit<AccountPageQuery, "sort" | "state">,
  after: AccountPlace | null,
  limit: number,
): Promise<Page<ListedThen, AccountPlace>> {
  const live = await liveModel(context);
  refuseTomorrow(day, live.moment().today);
  const past = await lookBack(context, live, day);
  const { model } = await past.models.on(day);
  const rule = where === undefined ? undefined : readWhere(model, where, "where");
  const wanted: Wanted = ({ decision }) =>
    (level === undefined || decision.level?.name === level) &&
    (stage === undefined || decision.stage?.name === stage) &&
    (!rule || evaluateRule(rule, decisionEnv(model, decision)) === true);
  const filter = {
    state: "all" as const,
    ...(owner === undefined ? {} : { owner }),
    ...(text === undefined ? {} : { text }),
  };
  const items: ListedThen[] = [];
  let place: { readonly id: string } | null = after && { id: after.id };
  for (;;) {
    const chunk: ListedAccount[] = await context.store.reading.accounts(filter, place, CHUNK);
    const known = new Map(chunk.map((account) => [account.id, account]));
    for await (const page of past.of([...known.keys()])) {
      for (const then of page) {
        const account = known.get(then.account.id);
        if (!account || then.kind !== "decided" || !wanted(then)) continue;
        const last = items.at(-1);
        if (last && items.length === limit) return { items, next: { id: last.id, value: null } };
        const { decision, stored } = then;
        items.push({ ...account, decidedOn: day, decision, stored });
      }
    }
    const last = chunk.at(-1);
    if (!last || chunk.length < CHUNK) return { items, next: null };
    place = { id: last.id };
  }
}
