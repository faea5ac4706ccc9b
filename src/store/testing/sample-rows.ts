import { NEW_ACCOUNT } from "../../core/account/state.ts";
import type { Decision } from "../../core/decide/decision.ts";
import type { Touch } from "../../core/schedule/types.ts";
import { type Day, dayOf } from "../../core/time/day.ts";
import { DAY_MS } from "../../core/time/day.ts";
import { bareAccount, bareContact } from "../../engine/bare-rows.ts";
import type {
  AccountRow,
  ContactRow,
  DecisionRecord,
  EvaluatedAccount,
  EventRow,
  Moment,
  Store,
} from "../../engine/ports.ts";

/** Rows for tests: what matters is named, the rest is plain. */

export const TODAY: Day = dayOf(2026, 3, 2);

export function moment(day: Day = TODAY, hour = 9): Moment {
  return { today: day, now: day * DAY_MS + hour * 3_600_000 };
}

export function accountRow(accountId: string, change: Partial<AccountRow> = {}): AccountRow {
  return { ...bareAccount(accountId), ...change };
}

export function contactRow(
  accountId: string,
  contactId: string,
  change: Partial<ContactRow> = {},
): ContactRow {
  return { ...bareContact(accountId, contactId), ...change };
}

export function eventRow(
  accountId: string,
  messageId: string,
  change: Partial<EventRow> = {},
): EventRow {
  return {
    accountId,
    messageId,
    event: "Logged In",
    at: moment().now,
    userId: "u1",
    properties: {},
    outcome: {},
    ...change,
  };
}

export function decisionOf(account: string, level: string, stage = "growth"): Decision {
  return {
    account,
    at: "2026-03-02",
    model: { name: "Test", version: 1, hash: "sha256:0" },
    // In an order that is nobody's alphabet: it has to stay.
    facts: { zeal: 1, arr: 12_000.5, plan: "pro", nps: null },
    built_ins: {},
    missing: ["nps"],
    health: { score: 64.2, band: "yellow", coverage: 0.7, measures: {}, caps: [] },
    stage: { name: stage, since: "2025-06-01", status: "on_track", exit: {}, moves: [] },
    segments: { value: { name: "small", since: "2024-03-01" } },
    level: { name: level, base: level, since: "2025-06-01", held: false, pinned: null, steps: [] },
    programs: [],
  };
}

export function decided(
  account: string,
  level: string,
  day: Day = TODAY,
  stage = "growth",
): DecisionRecord {
  return {
    day,
    at: day * DAY_MS,
    cause: "midnight",
    decision: decisionOf(account, level, stage),
    state: { ...NEW_ACCOUNT, serial: day },
    modelVersion: 1,
  };
}

/** The same of the account as it stands in the store. */
export async function evaluatedNow(
  store: Store,
  id: string,
  change: Partial<EvaluatedAccount> = {},
): Promise<EvaluatedAccount> {
  const [account] = await store.accounts.load([id]);
  if (!account) throw new Error(`there is no account ${id}`);
  return evaluated(id, { loaded: account.loaded, ...change });
}

/** An evaluation of an account that was loaded when it had just come, with its first news. */
export function evaluated(id: string, change: Partial<EvaluatedAccount> = {}): EvaluatedAccount {
  return {
    id,
    loaded: { stateRev: 0, factsRev: 0, news: 1, lastSeq: 0 },
    day: TODAY,
    modelVersion: 1,
    state: NEW_ACCOUNT,
    decision: decisionOf(id, "low"),
    history: [],
    events: [],
    touches: [],
    handled: [],
    ...change,
  };
}

export function touchOf(account: string, key: string, change: Partial<Touch> = {}): Touch {
  return {
    key: `${account}/${key}`,
    id: `t-${account}-${key}`,
    account,
    contact: null,
    touchpoint: "check_in",
    title: "Check-in",
    program: "high_touch",
    run: 1,
    step: "check_in#1",
    occurrence: 1,
    due: TODAY,
    unshifted: TODAY - 1,
    startsAt: null,
    channel: "call",
    by: "owner",
    accountable: null,
    human: true,
    must: false,
    owner: "ann",
    minutes: 60,
    minutesSpent: null,
    purpose: "proactive",
    drives: "adoption",
    priority: null,
    status: "planned",
    result: null,
    reason: null,
    note: null,
    actionItems: [],
    plannedAt: moment().now,
    doneAt: null,
    modelVersion: 1,
    ...change,
  };
}
