import { roleOf } from "./roles.ts";
import type { Member } from "./types.ts";

/**
 * How many minutes each doer has. A person has its own. A pod shares what its CSMs have left after
 * their own touches, a role what its people have left, and the pool what the people of the pool
 * have; where the team has no such people, what is left of all CSMs' hours after that. So no hour
 * is counted for two touches.
 */
export const POOL = "pool";
const POD = "pod:";

export type DoerKind = "person" | "pod" | "pool" | "role";

/** Minutes by slot (a week, a day); null: nobody has said. */
export type Minutes = readonly (number | null)[];

export class Supply {
  readonly #team: readonly Member[];
  readonly #members: ReadonlyMap<string, Member>;
  /** A head that is thought of does not turn the CSMs' spare hours into a pool of its own. */
  readonly #pool: readonly Member[];

  constructor(team: readonly Member[]) {
    this.#team = team;
    this.#members = new Map(team.map((member) => [member.id, member]));
    const pool = team.filter((member) => roleOf(member) === "pool");
    this.#pool = pool.length > 0 ? pool : team.filter(isCsm);
  }

  member(doer: string): Member | undefined {
    return this.#members.get(doer);
  }

  kindOf(doer: string): DoerKind {
    if (this.#members.has(doer)) return "person";
    if (doer.startsWith(POD)) return "pod";
    if (doer === POOL) return "pool";
    return ROLES.has(doer) ? "role" : "person";
  }

  /** The people whose hours a doer draws on. */
  peopleOf(doer: string): readonly Member[] {
    const member = this.#members.get(doer);
    if (member) return [member];
    switch (this.kindOf(doer)) {
      case "pod":
        return this.#team.filter((one) => isCsm(one) && one.pod === doer.slice(POD.length));
      case "pool":
        return this.#pool;
      default:
        return this.#team.filter((one) => roleOf(one) === doer);
    }
  }

  /**
   * What each doer of `demand` has, slot by slot.
   * @param has minutes of a member in a slot; null: unknown
   */
  of(
    demand: ReadonlyMap<string, readonly number[]>,
    slots: number,
    has: (member: Member, slot: number) => number | null,
  ): Map<string, Minutes> {
    const doers = [...demand.keys()].toSorted((a, b) => this.#rank(a) - this.#rank(b));
    const supply = new Map<string, (number | null)[]>(doers.map((doer) => [doer, []]));
    const people = new Map(doers.map((doer) => [doer, this.peopleOf(doer)]));
    for (let slot = 0; slot < slots; slot++) {
      const left = new Map<string, number>();
      for (const member of this.#team) {
        const minutes = has(member, slot);
        if (minutes !== null) left.set(member.id, minutes);
      }
      for (const doer of doers) {
        const wanted = demand.get(doer)?.[slot] ?? 0;
        supply.get(doer)?.push(draw(people.get(doer) ?? [], left, wanted));
      }
    }
    return supply;
  }

  /** In which order hours are drawn on. */
  #rank(doer: string): number {
    return ["person", "pod", "role", "pool"].indexOf(this.kindOf(doer));
  }
}

/** What people have left together, before the wanted part of it is taken from each alike. */
function draw(people: readonly Member[], left: Map<string, number>, wanted: number): number | null {
  const known = people.filter(({ id }) => left.has(id));
  if (known.length === 0) return null;
  const all = known.reduce((sum, { id }) => sum + (left.get(id) ?? 0), 0);
  const part = all === 0 ? 0 : Math.max(0, 1 - wanted / all);
  for (const { id } of known) left.set(id, (left.get(id) ?? 0) * part);
  return all;
}

export function isCsm(member: Member): boolean {
  return roleOf(member) === "csm";
}

const ROLES: ReadonlySet<string> = new Set(["sales", "support", "marketing", "cs_ops", "product"]);
