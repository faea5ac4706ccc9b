import type { Book } from "../../src/core/book/book.ts";
import { accountEngine, factsOf, NOT_A_NUMBER, type RuleEngine } from "./engine.ts";

/** Facts as the closures take them: NaN, "" and null are unknown. */
interface Known {
  readonly [name: string]: unknown;
  readonly arr: number;
  readonly seats: number;
  readonly employees: number;
  readonly open_expansion: number;
  readonly users: number;
  readonly users_before: number;
  readonly logins: number;
  readonly logins_before: number;
  readonly api_calls: number;
  readonly plan_limit: number;
  readonly limit_hits: number;
  readonly depth: number;
  readonly nps: number;
  readonly csat: number;
  readonly tickets: number;
  readonly urgent: number;
  readonly late_invoices: number;
  readonly age_days: number;
  readonly plan: string;
  readonly growth: string;
  readonly region: string;
  readonly industry: string;
  readonly champion: boolean | null;
  readonly strategic: boolean | null;
  readonly sso: boolean | null;
  readonly renewal_date: number;
  readonly last_login: number;
  readonly kickoff_on: number;
  readonly first_value_on: number;
  readonly last_review: number;
  readonly today: number;
}

/** What somebody without an engine would write: one function a rule, about one account. */
const CLOSURES: readonly ((a: Known) => boolean)[] = [
  (a) => a.arr >= 100_000,
  (a) => a.arr >= 25_000,
  (a) => a.arr < 5_000,
  (a) => a.plan === "free",
  (a) => a.plan !== "" && a.plan !== "free",
  (a) => a.plan === "pro" || a.plan === "enterprise",
  (a) => a.plan !== "" && a.plan !== "free" && a.plan !== "starter",
  (a) => a.champion === true,
  (a) => a.champion === false,
  (a) => a.strategic === true || a.arr >= 500_000,
  (a) => ratio(a.users, a.seats) >= 0.8,
  (a) => ratio(a.users, a.seats) < 0.3,
  (a) => ratio(a.logins, a.logins_before) < 0.6,
  (a) => ratio(a.logins, a.logins_before) >= 1.2 && a.users >= 5,
  (a) => ratio(a.api_calls, a.plan_limit) >= 0.8,
  (a) => ratio(a.api_calls, a.plan_limit) >= 0.8 && a.plan === "starter",
  (a) => ratio(a.api_calls, a.plan_limit) >= 1 || a.limit_hits >= 3,
  (a) => a.renewal_date - a.today <= 90 && a.renewal_date - a.today >= 0,
  (a) => a.renewal_date - a.today < 0,
  (a) => a.today - a.last_login > 14,
  (a) => a.today - a.last_login > 30 && a.arr >= 5_000,
  (a) => a.today - a.kickoff_on <= 30,
  (a) => Number.isNaN(a.kickoff_on) && a.age_days > 14,
  (a) => !Number.isNaN(a.first_value_on),
  (a) => Number.isNaN(a.first_value_on) && a.age_days > 30,
  (a) => a.today - a.last_review > 90 && a.arr >= 25_000,
  (a) => a.nps >= 50,
  (a) => a.nps < 0,
  (a) => a.nps < 0 || a.csat < 3,
  (a) => Number.isNaN(a.nps) && Number.isNaN(a.csat),
  (a) => a.tickets >= 5,
  (a) => a.urgent >= 1 && a.tickets >= 3,
  (a) => ratio(a.tickets, a.users) > 0.2,
  (a) => a.depth >= 0.7 && ratio(a.users, a.seats) >= 0.9,
  (a) => a.depth < 0.2,
  (a) => a.growth === "high" && a.depth >= 0.5,
  (a) => a.growth === "low" && ratio(a.users, a.seats) >= 0.9,
  (a) => a.growth !== "" && a.growth !== "low" && a.arr + a.open_expansion >= 100_000,
  (a) => ratio(a.arr, a.seats) >= 1_000,
  (a) => ratio(a.arr, a.seats) < 100 && a.seats >= 50,
  (a) => ratio(a.employees, a.seats) >= 10,
  (a) => a.employees >= 1_000 && a.plan !== "" && a.plan !== "enterprise",
  (a) => a.region === "emea" && ["bank", "insurance", "health"].includes(a.industry),
  (a) => (a.region === "apac" || a.region === "amer") && a.strategic === false,
  (a) => a.industry === "retail" || a.industry === "media",
  (a) =>
    a.industry !== "" &&
    a.industry !== "public" &&
    a.industry !== "education" &&
    a.region !== "" &&
    a.region !== "apac",
  (a) => a.late_invoices >= 2,
  (a) => a.late_invoices >= 1 && a.renewal_date - a.today <= 60,
  (a) => (a.strategic === true || a.arr >= 100_000) && (a.nps < 0 || a.today - a.last_login > 21),
  (a) => a.champion === true && a.growth === "high" && ratio(a.users, a.seats) >= 0.6,
  (a) => a.champion === false && a.renewal_date - a.today <= 120,
  (a) => a.age_days <= 90 && ratio(a.users, a.seats) < 0.5,
  (a) => a.age_days <= 90 && Number.isNaN(a.first_value_on),
  (a) => a.age_days > 365 && ratio(a.logins, a.logins_before) >= 1,
  (a) => a.users - a.users_before >= 5,
  (a) => a.users - a.users_before <= -5 && a.arr >= 25_000,
  (a) => a.arr >= 25_000 || a.nps < 30,
  (a) => ratio(a.users, a.seats) < 0.5 && a.today - a.kickoff_on > 60,
  (a) => a.sso === true && (a.plan === "pro" || a.plan === "enterprise") && a.employees >= 500,
  (a) =>
    (a.plan === "pro" && a.seats >= 100) ||
    (a.plan === "enterprise" && a.seats >= 50) ||
    a.strategic === true,
];

/** x / 0 is unknown. */
function ratio(x: number, y: number): number {
  return y === 0 ? Number.NaN : x / y;
}

export function handClosures(book: Book, accounts: number): RuleEngine {
  const facts = factsOf(book, accounts, NOT_A_NUMBER);
  const rules = CLOSURES.map((rule) => (one: unknown) => rule(one as Known));
  return accountEngine("functions by hand over objects", facts, rules);
}
