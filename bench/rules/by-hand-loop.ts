import type { Book } from "../../src/core/book/book.ts";
import type { Day } from "../../src/core/time/day.ts";
import type { FactName } from "./sixty-rules.ts";

/** Answers of all rules for rows `from` to `to`: one byte a rule and row, 1 where it is true. */
export type RulesByHand = (from: number, to: number, today: Day) => void;

/**
 * The sixty rules as somebody would write them out for speed: all in one pass over the columns,
 * each cell read once, each ratio worked out once, nothing looked up. The limit that the compiled
 * rules are measured against. NaN compares as false, so unknowns cost nothing; x / 0 is unknown.
 */
export function byHandLoop(book: Book, out: readonly Uint8Array[]): RulesByHand {
  const numbers = (name: FactName): Float64Array => book.column(name) as Float64Array;
  const texts = (name: FactName): Int32Array => book.column(name) as Int32Array;
  const truths = (name: FactName): Uint8Array => book.column(name) as Uint8Array;
  const code = (text: string): number => book.dict.code(text);
  const arrs = numbers("arr");
  const seatss = numbers("seats");
  const employeess = numbers("employees");
  const expansions = numbers("open_expansion");
  const userss = numbers("users");
  const usersBefore = numbers("users_before");
  const loginss = numbers("logins");
  const loginsBefore = numbers("logins_before");
  const apiCalls = numbers("api_calls");
  const planLimits = numbers("plan_limit");
  const limitHits = numbers("limit_hits");
  const depths = numbers("depth");
  const npss = numbers("nps");
  const csats = numbers("csat");
  const ticketss = numbers("tickets");
  const urgents = numbers("urgent");
  const lateInvoices = numbers("late_invoices");
  const ages = numbers("age_days");
  const plans = texts("plan");
  const growths = texts("growth");
  const regions = texts("region");
  const industries = texts("industry");
  const champions = truths("champion");
  const strategics = truths("strategic");
  const ssos = truths("sso");
  const renewals = numbers("renewal_date");
  const lastLogins = numbers("last_login");
  const kickoffs = numbers("kickoff_on");
  const firstValues = numbers("first_value_on");
  const lastReviews = numbers("last_review");
  const [FREE, STARTER, PRO, ENTERPRISE] = ["free", "starter", "pro", "enterprise"].map(code);
  const [LOW, HIGH] = ["low", "high"].map(code);
  const [AMER, EMEA, APAC] = ["amer", "emea", "apac"].map(code);
  const [BANK, INSURANCE, HEALTH] = ["bank", "insurance", "health"].map(code);
  const [RETAIL, MEDIA, PUBLIC, EDUCATION] = ["retail", "media", "public", "education"].map(code);
  const [
    o0,
    o1,
    o2,
    o3,
    o4,
    o5,
    o6,
    o7,
    o8,
    o9,
    o10,
    o11,
    o12,
    o13,
    o14,
    o15,
    o16,
    o17,
    o18,
    o19,
    o20,
    o21,
    o22,
    o23,
    o24,
    o25,
    o26,
    o27,
    o28,
    o29,
    o30,
    o31,
    o32,
    o33,
    o34,
    o35,
    o36,
    o37,
    o38,
    o39,
    o40,
    o41,
    o42,
    o43,
    o44,
    o45,
    o46,
    o47,
    o48,
    o49,
    o50,
    o51,
    o52,
    o53,
    o54,
    o55,
    o56,
    o57,
    o58,
    o59,
  ] = out as unknown as Sixty;

  return (from, to, today) => {
    for (let i = from; i < to; i++) {
      const arr = arrs[i] as number;
      const seats = seatss[i] as number;
      const users = userss[i] as number;
      const employees = employeess[i] as number;
      const depth = depths[i] as number;
      const nps = npss[i] as number;
      const tickets = ticketss[i] as number;
      const age = ages[i] as number;
      const plan = plans[i] as number;
      const growth = growths[i] as number;
      const region = regions[i] as number;
      const industry = industries[i] as number;
      const champion = champions[i] as number;
      const strategic = strategics[i] as number;
      const adoption = finite(users / seats);
      const trend = finite((loginss[i] as number) / (loginsBefore[i] as number));
      const limitUsed = finite((apiCalls[i] as number) / (planLimits[i] as number));
      const toRenewal = (renewals[i] as number) - today;
      const sinceLogin = today - (lastLogins[i] as number);
      const sinceKickoff = today - (kickoffs[i] as number);
      const perSeat = finite(arr / seats);
      const gained = users - (usersBefore[i] as number);
      const noValue = +Number.isNaN(firstValues[i]);
      const hasValue = 1 - noValue;
      const isBig = +(plan === PRO) | +(plan === ENTERPRISE);
      o0[i] = +(arr >= 100_000);
      o1[i] = +(arr >= 25_000);
      o2[i] = +(arr < 5_000);
      o3[i] = +(plan === FREE);
      o4[i] = +(plan !== FREE) & +(plan >= 0);
      o5[i] = isBig;
      o6[i] = +(plan !== FREE) & +(plan !== STARTER) & +(plan >= 0);
      o7[i] = +(champion === 1);
      o8[i] = +(champion === 0);
      o9[i] = +(strategic === 1) | +(arr >= 500_000);
      o10[i] = +(adoption >= 0.8);
      o11[i] = +(adoption < 0.3);
      o12[i] = +(trend < 0.6);
      o13[i] = +(trend >= 1.2) & +(users >= 5);
      o14[i] = +(limitUsed >= 0.8);
      o15[i] = +(limitUsed >= 0.8) & +(plan === STARTER);
      o16[i] = +(limitUsed >= 1) | +((limitHits[i] as number) >= 3);
      o17[i] = +(toRenewal <= 90) & +(toRenewal >= 0);
      o18[i] = +(toRenewal < 0);
      o19[i] = +(sinceLogin > 14);
      o20[i] = +(sinceLogin > 30) & +(arr >= 5_000);
      o21[i] = +(sinceKickoff <= 30);
      o22[i] = +Number.isNaN(sinceKickoff) & +(age > 14);
      o23[i] = hasValue;
      o24[i] = noValue & +(age > 30);
      o25[i] = +(today - (lastReviews[i] as number) > 90) & +(arr >= 25_000);
      o26[i] = +(nps >= 50);
      o27[i] = +(nps < 0);
      o28[i] = +(nps < 0) | +((csats[i] as number) < 3);
      o29[i] = +Number.isNaN(nps) & +Number.isNaN(csats[i]);
      o30[i] = +(tickets >= 5);
      o31[i] = +((urgents[i] as number) >= 1) & +(tickets >= 3);
      o32[i] = +(finite(tickets / users) > 0.2);
      o33[i] = +(depth >= 0.7) & +(adoption >= 0.9);
      o34[i] = +(depth < 0.2);
      o35[i] = +(growth === HIGH) & +(depth >= 0.5);
      o36[i] = +(growth === LOW) & +(adoption >= 0.9);
      o37[i] = +(growth !== LOW) & +(growth >= 0) & +(arr + (expansions[i] as number) >= 100_000);
      o38[i] = +(perSeat >= 1_000);
      o39[i] = +(perSeat < 100) & +(seats >= 50);
      o40[i] = +(finite(employees / seats) >= 10);
      o41[i] = +(employees >= 1_000) & +(plan !== ENTERPRISE) & +(plan >= 0);
      o42[i] =
        +(region === EMEA) &
        (+(industry === BANK) | +(industry === INSURANCE) | +(industry === HEALTH));
      o43[i] = (+(region === APAC) | +(region === AMER)) & +(strategic === 0);
      o44[i] = +(industry === RETAIL) | +(industry === MEDIA);
      o45[i] =
        +(industry !== PUBLIC) &
        +(industry !== EDUCATION) &
        +(industry >= 0) &
        +(region !== APAC) &
        +(region >= 0);
      o46[i] = +((lateInvoices[i] as number) >= 2);
      o47[i] = +((lateInvoices[i] as number) >= 1) & +(toRenewal <= 60);
      o48[i] = (+(strategic === 1) | +(arr >= 100_000)) & (+(nps < 0) | +(sinceLogin > 21));
      o49[i] = +(champion === 1) & +(growth === HIGH) & +(adoption >= 0.6);
      o50[i] = +(champion === 0) & +(toRenewal <= 120);
      o51[i] = +(age <= 90) & +(adoption < 0.5);
      o52[i] = +(age <= 90) & noValue;
      o53[i] = +(age > 365) & +(trend >= 1);
      o54[i] = +(gained >= 5);
      o55[i] = +(gained <= -5) & +(arr >= 25_000);
      o56[i] = +(arr >= 25_000) | +(nps < 30);
      o57[i] = +(adoption < 0.5) & +(sinceKickoff > 60);
      o58[i] = +(ssos[i] === 1) & isBig & +(employees >= 500);
      o59[i] =
        (+(plan === PRO) & +(seats >= 100)) |
        (+(plan === ENTERPRISE) & +(seats >= 50)) |
        +(strategic === 1);
    }
  };
}

function finite(x: number): number {
  return x + (x - x);
}

type U = Uint8Array;
type Ten = readonly [U, U, U, U, U, U, U, U, U, U];
type Sixty = readonly [...Ten, ...Ten, ...Ten, ...Ten, ...Ten, ...Ten];
