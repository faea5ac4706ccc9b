import type { Decision } from "../core/decide/index.ts";
import { matchesPattern } from "../core/facts/index.ts";
import type { FactDef } from "../core/model/index.ts";
import type { Day, Instant } from "../core/time/day.ts";
import { localDayIn } from "../core/time/zone.ts";
import type { EngineContext } from "./context.ts";
import { explainAccount } from "./explain-account.ts";
import { describeSource } from "./facts-report.ts";
import { findAccount } from "./find-account.ts";
import type { StoredAccount } from "./ports.ts";

/** One fact of an account: what it is, since when, and where that comes from. */
export interface AccountFact {
  readonly name: string;
  readonly type: string;
  readonly unit: string | null;
  readonly value: Decision["facts"][string];
  readonly kind: FactDef["source"]["kind"];
  /** Where it comes from, in words. */
  readonly source: string;
  /** The trait that may be changed by hand; null: it is counted or made of others. */
  readonly trait: string | null;
  /** What it can be, where the model says so. */
  readonly values: readonly string[] | null;
  /** For a trait, since when it has this value; for what is counted, when it last happened. */
  readonly since: Day | null;
  /** How many values it had so far, or how often it happened; null: it is made of others. */
  readonly times: number | null;
}

/** All facts of the model with what they are for an account, on a day. */
export async function accountFacts(
  context: EngineContext,
  id: string,
  at?: Day,
): Promise<{ readonly day: string; readonly facts: readonly AccountFact[] }> {
  const { model, explanation } = await explainAccount(context, id, at);
  const account = await findAccount(context, id);
  const dayOf = localDayIn(model.workspace.timezone);
  const until = at ?? Number.POSITIVE_INFINITY;
  const facts = model.facts.map((fact): AccountFact => {
    const { name, type, unit, source } = fact;
    return {
      name,
      type: type.kind,
      unit: unit ?? null,
      value: explanation.facts[name] ?? null,
      kind: source.kind,
      source: describeSource(fact),
      trait: source.kind === "trait" ? source.trait : null,
      values: type.kind === "string" ? (type.values ?? null) : null,
      ...timesOf(account, fact, until, dayOf),
    };
  });
  return { day: explanation.at, facts };
}

function timesOf(
  account: StoredAccount,
  { source }: FactDef,
  until: Day,
  dayOf: (at: Instant) => Day,
): Pick<AccountFact, "since" | "times"> {
  if (source.kind === "trait") {
    const own = account.traits.filter((one) => one.trait === source.trait && one.from <= until);
    return { since: latest(own.map(({ from }) => from)), times: own.length };
  }
  if (source.kind === "said") {
    const own = account.contactTraits.filter(
      (one) => one.trait === source.trait && one.from <= until,
    );
    return { since: latest(own.map(({ from }) => from)), times: own.length };
  }
  if (source.kind === "event") {
    const { pattern } = source.aggregate;
    const days = account.events
      .filter(({ name, engine }) => matchesPattern(pattern, name, engine))
      .map(({ at }) => dayOf(at))
      .filter((day) => day <= until);
    return { since: latest(days), times: days.length };
  }
  return { since: null, times: null };
}

function latest(days: readonly Day[]): Day | null {
  // not by spreading: an account may have more events than a call has room for
  return days.reduce<Day | null>((last, day) => (last === null || day > last ? day : last), null);
}
