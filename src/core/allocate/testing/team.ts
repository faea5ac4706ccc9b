import type { Member } from "../types.ts";

/** A CSM of 40 hours a week, there for long. */
export function aMember(member: Partial<Member> = {}): Member {
  return {
    id: "ann",
    name: null,
    role: "CSM",
    pod: null,
    hoursPerWeek: 40,
    timezone: null,
    region: null,
    languages: [],
    skills: [],
    startsOn: null,
    endsOn: null,
    leave: [],
    ...member,
  };
}
