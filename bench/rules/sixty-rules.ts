import type { ColumnSpec } from "../../src/core/book/book.ts";
import { parseRule } from "../../src/core/rules/index.ts";
import type { Rule, RuleType } from "../../src/core/rules/types.ts";

const NUMBER: RuleType = { kind: "number" };
const FLAG: RuleType = { kind: "boolean" };
const DATE: RuleType = { kind: "date" };
const texts = (...values: string[]): RuleType => ({ kind: "string", values });

/** What the sixty rules are about: the facts of an account, any of which may be unknown. */
export const FACTS = {
  arr: NUMBER,
  seats: NUMBER,
  employees: NUMBER,
  open_expansion: NUMBER,
  users: NUMBER,
  users_before: NUMBER,
  logins: NUMBER,
  logins_before: NUMBER,
  api_calls: NUMBER,
  plan_limit: NUMBER,
  limit_hits: NUMBER,
  depth: NUMBER,
  nps: NUMBER,
  csat: NUMBER,
  tickets: NUMBER,
  urgent: NUMBER,
  late_invoices: NUMBER,
  age_days: NUMBER,
  plan: texts("free", "starter", "pro", "enterprise"),
  growth: texts("low", "medium", "high"),
  region: texts("amer", "emea", "apac"),
  industry: texts("bank", "insurance", "health", "retail", "media", "public", "education"),
  champion: FLAG,
  strategic: FLAG,
  sso: FLAG,
  renewal_date: DATE,
  last_login: DATE,
  kickoff_on: DATE,
  first_value_on: DATE,
  last_review: DATE,
} as const satisfies Readonly<Record<string, RuleType>>;

export type FactName = keyof typeof FACTS;
export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[];
export const FACT_SPECS: readonly ColumnSpec[] = FACT_NAMES.map((name) => ({
  name,
  type: FACTS[name],
}));

/** Comparisons, and/or/not, ratios, lists, days since: what models of the templates are made of. */
export const TEXTS = [
  "arr >= 100000",
  "arr >= 25000",
  "arr < 5000",
  'plan == "free"',
  'plan != "free"',
  'plan in ["pro", "enterprise"]',
  '!(plan in ["free", "starter"])',
  "champion",
  "!champion",
  "strategic || arr >= 500000",
  "users / seats >= 0.8",
  "users / seats < 0.3",
  "logins / logins_before < 0.6",
  "logins / logins_before >= 1.2 && users >= 5",
  "api_calls / plan_limit >= 0.8",
  'api_calls / plan_limit >= 0.8 && plan == "starter"',
  "api_calls / plan_limit >= 1 || limit_hits >= 3",
  "days_until(renewal_date) <= 90 && days_until(renewal_date) >= 0",
  "days_until(renewal_date) < 0",
  "days_since(last_login) > 14",
  "days_since(last_login) > 30 && arr >= 5000",
  "days_since(kickoff_on) <= 30",
  "!known(kickoff_on) && age_days > 14",
  "known(first_value_on)",
  "!known(first_value_on) && age_days > 30",
  "days_since(last_review) > 90 && arr >= 25000",
  "nps >= 50",
  "nps < 0",
  "nps < 0 || csat < 3",
  "!known(nps) && !known(csat)",
  "tickets >= 5",
  "urgent >= 1 && tickets >= 3",
  "tickets / users > 0.2",
  "depth >= 0.7 && users / seats >= 0.9",
  "depth < 0.2",
  'growth == "high" && depth >= 0.5',
  'growth == "low" && users / seats >= 0.9',
  'growth != "low" && arr + open_expansion >= 100000',
  "arr / seats >= 1000",
  "arr / seats < 100 && seats >= 50",
  "employees / seats >= 10",
  'employees >= 1000 && plan != "enterprise"',
  'region == "emea" && industry in ["bank", "insurance", "health"]',
  'region in ["apac", "amer"] && !strategic',
  'industry == "retail" || industry == "media"',
  '!(industry in ["public", "education"] || region == "apac")',
  "late_invoices >= 2",
  "late_invoices >= 1 && days_until(renewal_date) <= 60",
  "(strategic || arr >= 100000) && (nps < 0 || days_since(last_login) > 21)",
  'champion && growth == "high" && users / seats >= 0.6',
  "!champion && days_until(renewal_date) <= 120",
  "age_days <= 90 && users / seats < 0.5",
  "age_days <= 90 && !known(first_value_on)",
  "age_days > 365 && logins / logins_before >= 1",
  "users - users_before >= 5",
  "users - users_before <= -5 && arr >= 25000",
  "!(arr < 25000 && nps >= 30)",
  "!(users / seats >= 0.5) && days_since(kickoff_on) > 60",
  'sso && plan in ["pro", "enterprise"] && employees >= 500',
  '(plan == "pro" && seats >= 100) || (plan == "enterprise" && seats >= 50) || strategic',
] as const;

const SCOPE = {
  lookup: (name: string) =>
    Object.hasOwn(FACTS, name) ? { found: FACTS[name as FactName] } : undefined,
  names: () => FACT_NAMES,
};

/** The sixty as the project reads them from a model. */
export const RULES: readonly Rule[] = TEXTS.map((text) => {
  const { rule, problems } = parseRule(text, SCOPE, "boolean");
  if (!rule) throw new Error(`${text}: ${problems.map(({ message }) => message).join(" ")}`);
  return rule;
});
