import type { WorkAccount, WorkReader } from "../../core/allocate/planned-work.ts";
import type { Member, OwnedAccount, PlannedWork } from "../../core/allocate/types.ts";
import type { EngineContext } from "../context.ts";
import type { OpenWork, TeamRow, WorkAfter } from "../ports.ts";

/** What capacity is reckoned from: the open accounts, and the touches that people have still to do. */
export interface StaffedBook {
  readonly accounts: readonly OwnedAccount[];
  readonly work: readonly PlannedWork[];
}

const TOUCHES_AT_ONCE = 5000;

export async function readMembers({ store }: EngineContext): Promise<Member[]> {
  return (await store.team.list()).map(memberOf);
}

export function memberOf({ id, name, role, pod, hoursPerWeek, endsOn, ...rest }: TeamRow): Member {
  const { timezone, region, languages, skills, startsOn, leave } = rest;
  return {
    id,
    name,
    role,
    pod,
    hoursPerWeek,
    timezone,
    region,
    languages,
    skills,
    startsOn,
    endsOn: endsOn ?? null,
    leave,
  };
}

const UNKNOWN: WorkAccount = { name: null, level: null, revenue: null };

/** The open human touches of all accounts. */
export async function readWork(
  { store }: EngineContext,
  reader: WorkReader,
  accounts: ReadonlyMap<string, WorkAccount>,
): Promise<PlannedWork[]> {
  const work: PlannedWork[] = [];
  let after: WorkAfter | null = null;
  do {
    const page: OpenWork[] = await store.reading.work(after, TOUCHES_AT_ONCE);
    for (const touch of page) {
      const one = reader.read(touch, accounts.get(touch.account) ?? UNKNOWN);
      if (one) work.push(one);
    }
    after = page.length === TOUCHES_AT_ONCE ? (page.at(-1) ?? null) : null;
  } while (after !== null);
  return work;
}
