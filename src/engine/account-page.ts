import { decisionEnv } from "../core/explain/index.ts";
import type { Model } from "../core/model/index.ts";
import { evaluateRule } from "../core/rules/index.ts";
import type { Rule, Value } from "../core/rules/types.ts";
import { listFromView } from "./book-view/list-from-view.ts";
import type { EngineContext } from "./context.ts";
import { compareValues, readSort, readWhere } from "./list-accounts.ts";
import { liveModel } from "./live-model.ts";
import type { AccountAfter, AccountListFilter, ListedAccount } from "./ports.ts";
import { ACCOUNT_ORDERS } from "./ports/reading.ts";

export interface AccountPageQuery extends Omit<AccountListFilter, "order"> {
  /** A rule over everything that is known of a decided account. */
  readonly where?: string;
  /** A column, or anything a rule may name; `-name` turns it around. */
  readonly sort?: string;
}

/** Where the next page goes on: the last account seen and its value in the order. */
export interface AccountPlace {
  readonly id: string;
  readonly value: Value;
}

export interface Page<T, P> {
  readonly items: readonly T[];
  /** null: there are no more. */
  readonly next: P | null;
}

/** Accounts read at once while they are looked through. */
const CHUNK = 500;

/**
 * A page of accounts. Columns are filtered and ordered by the database. Rules and orders by facts
 * are answered from the book in memory; where that is not there yet, a rule is asked of one account
 * after the other until the page is full, and an order by a fact looks through all of them and
 * keeps only the page.
 */
export async function accountPage(
  context: EngineContext,
  query: AccountPageQuery,
  after: AccountPlace | null,
  limit: number,
): Promise<Page<ListedAccount, AccountPlace>> {
  const known = await listFromView(context, query, after, limit);
  return known ?? pageFromDatabase(context, query, after, limit);
}

/** The same without the book in memory. */
export async function pageFromDatabase(
  context: EngineContext,
  query: AccountPageQuery,
  after: AccountPlace | null,
  limit: number,
): Promise<Page<ListedAccount, AccountPlace>> {
  const { where, sort, ...filter } = query;
  const column = ACCOUNT_ORDERS.find((one) => one === sort?.replace(/^-/, ""));
  const isByFact = sort !== undefined && column === undefined;
  const model = where === undefined && !isByFact ? null : (await liveModel(context)).model;
  const rule = model && where !== undefined ? readWhere(model, where, "where") : undefined;
  const matches = matcher(model, rule);
  if (model && isByFact) {
    const order = readSort(model, sort, "sort");
    return byFact(context, filter, { model, matches, ...order }, after, limit);
  }
  const listed =
    column === undefined
      ? filter
      : { ...filter, order: { by: column, descending: sort?.startsWith("-") === true } };
  return byColumn(context, listed, matches, after, limit);
}

type Matches = (account: ListedAccount) => boolean;

function matcher(model: Model | null, rule: Rule | undefined): Matches {
  if (!model || !rule) return () => true;
  return ({ decision }) =>
    decision !== null && evaluateRule(rule, decisionEnv(model, decision)) === true;
}

async function byColumn(
  { store }: EngineContext,
  filter: AccountListFilter,
  matches: Matches,
  after: AccountPlace | null,
  limit: number,
): Promise<Page<ListedAccount, AccountPlace>> {
  const items: ListedAccount[] = [];
  let place = after as AccountAfter | null;
  let size = limit + 1;
  for (;;) {
    const chunk = await store.reading.accounts(filter, place, size);
    for (const account of chunk) {
      if (!matches(account)) continue;
      if (items.length === limit) return { items, next: placeOf(items.at(-1)) };
      items.push(account);
    }
    const last = chunk.at(-1);
    if (!last || chunk.length < size) return { items, next: null };
    place = { id: last.id, value: last.orderValue };
    size = CHUNK;
  }
}

function placeOf(account: ListedAccount | undefined): AccountPlace | null {
  return account ? { id: account.id, value: account.orderValue } : null;
}

interface FactOrder {
  readonly model: Model;
  readonly matches: Matches;
  readonly name: string;
  readonly sign: 1 | -1;
}

interface Placed extends AccountPlace {
  readonly account: ListedAccount;
}

async function byFact(
  { store }: EngineContext,
  filter: AccountListFilter,
  { model, matches, name, sign }: FactOrder,
  after: AccountPlace | null,
  limit: number,
): Promise<Page<ListedAccount, AccountPlace>> {
  const order = (a: AccountPlace, b: AccountPlace): number =>
    compareValues(a.value, b.value, sign) || (a.id < b.id ? -1 : Number(a.id > b.id));
  let kept: Placed[] = [];
  let seen: AccountAfter | null = null;
  for (;;) {
    const chunk: ListedAccount[] = await store.reading.accounts(filter, seen, CHUNK);
    for (const account of chunk) {
      if (!matches(account)) continue;
      const { decision, id } = account;
      const value = decision === null ? null : decisionEnv(model, decision).get(name);
      const placed = { account, id, value };
      if (after === null || order(placed, after) > 0) kept.push(placed);
    }
    kept = kept.toSorted(order).slice(0, limit + 1);
    const last: ListedAccount | undefined = chunk.at(-1);
    if (!last || chunk.length < CHUNK) break;
    seen = { id: last.id };
  }
  const items = kept.slice(0, limit);
  const end = items.at(-1);
  return {
    items: items.map(({ account }) => account),
    next: kept.length > limit && end ? { id: end.id, value: end.value } : null,
  };
}
