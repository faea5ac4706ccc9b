import type { AccountRecord } from "../../core/account/record.ts";
import { NEW_ACCOUNT } from "../../core/account/state.ts";
import {
  type FactPlan,
  isEngineName,
  matchesPattern,
  readDay,
  type TraitChange,
} from "../../core/facts/index.ts";
import type { PastAccount } from "../../core/simulate/types.ts";
import type { Day } from "../../core/time/day.ts";
import { accountRecord } from "../account-record.ts";
import { knownSince } from "../known-since.ts";
import type { StoredAccount } from "../ports.ts";

/** The event that stands for an account's being closed. */
export const CLOSED = "account:closed";

/**
 * A stored account as it would be had nobody ever decided about it: what customers did and what
 * was said of them, without the past's own decisions, touches and events.
 */
export function pastAccount(
  plan: FactPlan,
  stored: StoredAccount,
  ended: string | undefined,
): PastAccount {
  const account: StoredAccount = {
    ...stored,
    state: NEW_ACCOUNT,
    touches: [],
    traits: withClosingsOnTheirDay(stored.traits, plan.model.workspace.timezone),
    events: stored.events.filter(({ name }) => isOfCustomers(name)),
  };
  const record: AccountRecord = { ...accountRecord(plan, account), isNew: true };
  const { localDay } = record.history;
  const started = plan.model.programs.flatMap(({ on }) => (on ? [on.pattern] : []));
  return {
    record,
    since: knownSince(account, record.history),
    triggers: account.events.filter(({ name, engine }) =>
      started.some((pattern) => matchesPattern(pattern, name, engine)),
    ),
    ends:
      ended === CLOSED
        ? closings(account.traits, plan.model.workspace.timezone)
        : account.events.filter(({ name }) => name === ended).map(({ at }) => localDay(at)),
  };
}

/** Survey answers are the customers' own; all else that the engine names is what it did then. */
export function isOfCustomers(name: string): boolean {
  return name.startsWith("survey:") || !isEngineName(name);
}

const CLOSED_AT = "closed_at";

/**
 * An import knows the last day of an account from its first row on. Nothing may know of it
 * before it has come: each closing counts from its own day.
 */
function withClosingsOnTheirDay(traits: readonly TraitChange[], zone: string): TraitChange[] {
  const others = traits.filter(({ trait }) => trait !== CLOSED_AT);
  const closings = inOrder(traits.filter(({ trait }) => trait === CLOSED_AT));
  const moved = closings.flatMap((one, index): TraitChange[] => {
    const day = dayOf(one, zone);
    if (day === null || day <= one.from) return [one];
    const next = closings[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const notYet = { ...one, value: null };
    return day < next ? [notYet, { ...one, from: day }] : [notYet];
  });
  return [...others, ...moved];
}

/** The days on which it was closed, after it was open: what is on record, each once. */
function closings(traits: readonly TraitChange[], zone: string): Day[] {
  const days: Day[] = [];
  let wasClosed = false;
  for (const one of inOrder(traits.filter(({ trait }) => trait === CLOSED_AT))) {
    const day = dayOf(one, zone);
    const isClosed = day !== null && day <= one.from;
    if (isClosed && !wasClosed) days.push(one.from);
    wasClosed = isClosed;
  }
  return days;
}

function inOrder(changes: readonly TraitChange[]): TraitChange[] {
  return changes.toSorted((a, b) => a.from - b.from || a.arrived - b.arrived);
}

function dayOf({ value }: TraitChange, zone: string): Day | null {
  return typeof value === "string" ? (readDay(value, zone) ?? null) : null;
}
