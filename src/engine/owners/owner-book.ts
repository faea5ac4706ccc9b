import { frameOf } from "../../core/allocate/frame.ts";
import { memberMinutes, WEEK } from "../../core/allocate/hours.ts";
import { type Assignee, type OwnedAccount, wordsOf } from "../../core/allocate/assign-rules.ts";
import type { Frame, Member } from "../../core/allocate/types.ts";
import type { Decision } from "../../core/decide/index.ts";
import type { Json } from "../../core/facts/types.ts";
import type { LevelDef, Model, OwnerKind } from "../../core/model/types.ts";
import type { Day } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import { workspaceCalendar } from "../holidays.ts";
import { type LiveModel, liveModel } from "../live-model.ts";
import { revenueOf } from "../revenue-of.ts";
import type { TeamRow } from "../ports.ts";

/** The whole book as far as owners go: what accounts ask for, what people have. */
export interface OwnerBook {
  readonly live: LiveModel;
  readonly today: Day;
  /** The last day of the weeks that loads are reckoned over. */
  readonly until: Day;
  readonly weeks: number;
  readonly accounts: readonly OwnedAccount[];
  readonly assignees: readonly Assignee[];
}

const WEEKS = 8;

/** Traits of an account that its owner has to suit; the names are a convention (docs/guides/owners.md). */
const TRAITS = {
  regions: ["region"],
  languages: ["language", "languages"],
  skills: ["skill", "skills"],
} as const;

export async function readOwnerBook(context: EngineContext): Promise<OwnerBook> {
  const live = await liveModel(context);
  const { today } = live.moment();
  const calendar = workspaceCalendar(live.model.workspace);
  const frame = frameOf(today, WEEKS, calendar, live.model.workspace);
  const until = (frame.weeks.at(-1) ?? today) + WEEK - 1;
  const [team, given] = await Promise.all([
    context.store.team.list(),
    context.store.owners.given(until),
  ]);
  const otherMinutes = new Map(given.map(({ owner, minutes }) => [owner, minutes]));
  return {
    live,
    today,
    until,
    weeks: WEEKS,
    accounts: await readAccounts(context, live.model, today, until),
    assignees: team.map((row) => assignee(memberOf(row), frame, otherMinutes.get(row.id) ?? 0)),
  };
}

export function memberOf(row: TeamRow): Member {
  return { ...row, endsOn: row.endsOn ?? null };
}

function assignee(member: Member, frame: Frame, otherMinutes: number): Assignee {
  const weeks = frame.weeks.map((week) => memberMinutes(member, week, frame.calendar, frame.today));
  const capacity = weeks.reduce<number | null>(
    (sum, minutes) => (sum === null || minutes === null ? null : sum + minutes),
    0,
  );
  return { ...member, capacity, otherMinutes };
}

async function readAccounts(
  { store }: EngineContext,
  model: Model,
  today: Day,
  until: Day,
): Promise<OwnedAccount[]> {
  const needs = new Map<string, Needs>();
  const traits = Object.values(TRAITS).flat();
  for await (const page of store.owners.needs({ traits, today, until })) {
    for (const one of page) needs.set(one.account, one);
  }
  const accounts: OwnedAccount[] = [];
  for await (const page of store.decisions.current()) {
    for (const { id, name, owner, decision } of page) {
      const level = owningLevel(model, decision);
      if (!level) continue;
      const { minutes, traits: said } = needs.get(id) ?? NO_NEEDS;
      accounts.push({
        id,
        name,
        owner,
        kind: level.by,
        level: level.name,
        asked: level.accountsPerOwner ?? null,
        regions: traitWords(said, TRAITS.regions),
        languages: traitWords(said, TRAITS.languages),
        skills: traitWords(said, TRAITS.skills),
        minutes,
        revenue: revenueOf(model, decision),
      });
    }
  }
  return accounts;
}

interface Needs {
  readonly minutes: number;
  readonly traits: { readonly [name: string]: Json } | null;
}
const NO_NEEDS: Needs = { minutes: 0, traits: null };

/** The level by which the account has its kind of owner: the base level as a rule. */
export function owningLevel(model: Model, { level }: Decision): LevelDef | undefined {
  if (!level) return undefined;
  const of = (name: string) => model.levels.find((one) => one.name === name);
  const base = of(level.base);
  const kind: OwnerKind | undefined = level.by ?? base?.by;
  return [base, of(level.name), ...model.levels].find((one) => one?.by === kind);
}

function traitWords(traits: Needs["traits"], names: readonly string[]): string[] {
  if (traits === null) return [];
  return names.flatMap((name) => {
    const value = traits[name];
    return typeof value === "string" ? wordsOf(value) : [];
  });
}
