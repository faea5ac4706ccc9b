import { accountScope, decisionEnv } from "../core/explain/index.ts";
import type { Model } from "../core/model/index.ts";
import { evaluateRule, nearest, parseRule } from "../core/rules/index.ts";
import type { Rule, Value } from "../core/rules/types.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { liveModel } from "./live-model.ts";
import type { CurrentDecision } from "./ports.ts";

export interface AccountQuery {
  /** A rule over everything that is known of a decided account. */
  readonly where?: string;
  /** A name to sort by; `-name` turns it around. Accounts of which it is unknown come last. */
  readonly sort?: string;
  readonly limit?: number;
}

export interface AccountList {
  readonly model: Model;
  readonly accounts: readonly CurrentDecision[];
  /** How many there are without the limit. */
  readonly total: number;
}

/** Lists accounts by their present decisions. */
export async function listAccounts(
  context: EngineContext,
  query: AccountQuery,
): Promise<AccountList> {
  const { model } = await liveModel(context);
  const rule = query.where === undefined ? undefined : readWhere(model, query.where, "--where");
  const order = query.sort === undefined ? undefined : readSort(model, query.sort, "--sort");
  const found: { one: CurrentDecision; key: Value }[] = [];
  for await (const page of context.store.decisions.current()) {
    for (const one of page) {
      const env = decisionEnv(model, one.decision);
      if (rule && evaluateRule(rule, env) !== true) continue;
      found.push({ one, key: order ? env.get(order.name) : null });
    }
  }
  if (order)
    found.sort((a, b) => compareValues(a.key, b.key, order.sign) || (a.one.id < b.one.id ? -1 : 1));
  return {
    model,
    accounts: found.slice(0, query.limit).map(({ one }) => one),
    total: found.length,
  };
}

/** `named`: what the person wrote it for, so that the error says so. */
export function readWhere(model: Model, text: string, named: string): Rule {
  const { rule, problems } = parseRule(text, accountScope(model), "boolean");
  if (rule) return rule;
  const [first] = problems;
  const caret = `${" ".repeat(first?.start ?? 0)}${"^".repeat(Math.max(1, (first?.end ?? 1) - (first?.start ?? 0)))}`;
  throw new AppError(
    "bad-rule",
    `${named}: ${first?.message ?? "not a rule"}\n  ${text}\n  ${caret}`,
    first?.hint,
  );
}

export function readSort(
  model: Model,
  text: string,
  named: string,
): { readonly name: string; readonly sign: 1 | -1 } {
  const name = text.replace(/^-/, "");
  const scope = accountScope(model);
  if (!scope.lookup(name)) {
    const near = nearest(name, scope.names());
    throw new AppError(
      "bad-value",
      `${named}: there is nothing called \`${name}\`.`,
      near === undefined ? undefined : `Did you mean \`${near}\`?`,
    );
  }
  return { name, sign: text.startsWith("-") ? -1 : 1 };
}

export function compareValues(a: Value, b: Value, sign: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (a === b) return 0;
  return a < b ? -sign : sign;
}
