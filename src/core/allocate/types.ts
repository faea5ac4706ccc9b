import type { OwnerKind } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import type { WorkCalendar } from "../time/work-calendar.ts";

/** Somebody of the team, as far as hours and assignment go. */
export interface Member {
  readonly id: string;
  readonly name: string | null;
  readonly role: string | null;
  readonly pod: string | null;
  /** null: nobody has said, so their load has no measure. */
  readonly hoursPerWeek: number | null;
  readonly timezone: string | null;
  readonly region: string | null;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  /** First day; hours ramp up from it. null: there for long. */
  readonly startsOn: Day | null;
  /** Last day; null: none in sight. */
  readonly endsOn: Day | null;
  /** Both ends included. */
  readonly leave: readonly { readonly from: Day; readonly to: Day }[];
}

/** A human touch that is still to be done, as far as hours go. */
export interface PlannedWork {
  readonly touchId: string;
  readonly account: string;
  readonly accountName: string | null;
  readonly touchpoint: string;
  readonly title: string;
  readonly program: string | null;
  readonly due: Day;
  readonly minutes: number;
  readonly must: boolean;
  /** Its place in the model's `caps.priority`, 0 first; what has none comes last. */
  readonly priority: number;
  /** A person's id, `pod:NAME`, `pool`, or a role such as `support`. */
  readonly doer: string;
  /** Revenue of the account; null: unknown. */
  readonly revenue: number | null;
  /** The account's running level. */
  readonly level: string | null;
  /**
   * Between which days it could be done as well: half a period around a series' day, half the way
   * to the step before or after it. The same day twice: it cannot move.
   */
  readonly earliest: Day;
  readonly latest: Day;
}

/** The weeks that are looked at. */
export interface Frame {
  readonly today: Day;
  /** Mondays. The first is the week of the next working day, and of it only the days from today count. */
  readonly weeks: readonly Day[];
  readonly calendar: WorkCalendar;
  /** What a whole week of one full-time person holds, in minutes. */
  readonly fullWeek: number;
}

/** An open account, as far as staffing goes. */
export interface OwnedAccount {
  readonly id: string;
  /** The level whose `by` and `accounts_per_owner` hold for it: its base level. */
  readonly base: string | null;
  /** A person's id; null: nobody of its own. */
  readonly owner: string | null;
  readonly revenue: number | null;
}

/** green under 85%, amber to 100%, red above; `none`: no hours are known for it. */
export type LoadBand = "green" | "amber" | "red" | "none";

export interface WeekLoad {
  /** Its Monday. */
  readonly week: Day;
  readonly minutes: number;
  /** Hours there are, in minutes: leave, holidays, first and last day and ramp-up taken off. null: unknown. */
  readonly capacity: number | null;
  /** minutes / capacity; null where unknown or no capacity at all. */
  readonly load: number | null;
  readonly band: LoadBand;
  readonly touches: number;
}

/** A person, a pod, the pool or a role, week by week. */
export interface DoerLoad {
  readonly doer: string;
  readonly name: string;
  readonly kind: "person" | "pod" | "pool" | "role";
  readonly role: string | null;
  /** With a touch in these weeks. */
  readonly accounts: number;
  readonly weeks: readonly WeekLoad[];
  readonly total: Omit<WeekLoad, "week">;
}

/** How many accounts one who owns accounts of a level has, and how many the model asks for. */
export interface LevelCoverage {
  readonly level: string;
  readonly by: OwnerKind;
  /** By base level: that is what is staffed for. */
  readonly accounts: number;
  readonly revenue: number;
  /** People (full-time equivalents of those who look after such accounts); 0: nobody. */
  readonly owners: number;
  /** accounts / owners; null: nobody. */
  readonly actual: number | null;
  /** `accounts_per_owner`; null: the model does not say. */
  readonly asked: number | null;
  /** Hours a week that its human touches need, mean of the weeks ahead. */
  readonly hoursNeeded: number;
  /** Hours a week of those people that are left for it; null: unknown. */
  readonly hoursThere: number | null;
  /** The finding in one sentence with its numbers; null: it fits. */
  readonly finding: string | null;
}

/** Everybody of a role together: their own touches and those of their pods and pool. */
export interface RoleLoad {
  readonly role: string;
  readonly people: number;
  readonly weeks: readonly WeekLoad[];
}

/** A touch for which its doer has no hours left in its week. */
export interface Unfit {
  readonly work: PlannedWork;
  readonly week: Day;
}

export interface FitSummary {
  readonly touches: number;
  readonly minutes: number;
  /** Of the touches, those that must happen. */
  readonly must: number;
  readonly accounts: number;
  /** Of those accounts, each once; of unknown revenue none. */
  readonly revenue: number;
}

/** What fits into the hours there are and what does not, doer by doer and week by week. */
export interface Fit {
  readonly fits: FitSummary;
  readonly unfit: FitSummary;
  /** Of doers whose hours nobody has said. */
  readonly unknown: FitSummary;
  /** What does not fit, in the order in which it is given up: `must` ones last. */
  readonly list: readonly Unfit[];
}
