import type { EventAggregate } from "../../model/types.ts";
import type { Aggregate } from "./aggregate.ts";
import { count, days } from "./count.ts";
import { first, last, latest } from "./first-last.ts";
import { nps } from "./nps.ts";
import { avg, max, min, sum } from "./sum.ts";
import { users } from "./users.ts";

export type { Aggregate } from "./aggregate.ts";

interface AggregateKind {
  readonly make: () => Aggregate;
  /** 0 when nothing happened, and unknown before the account was born. */
  readonly counts: boolean;
}

/** Every way to make a fact out of events. */
export const AGGREGATES: Readonly<Record<EventAggregate["kind"], AggregateKind>> = {
  count: { make: count, counts: true },
  days: { make: days, counts: true },
  users: { make: users, counts: true },
  sum: { make: sum, counts: true },
  avg: { make: avg, counts: false },
  latest: { make: latest, counts: false },
  max: { make: max, counts: false },
  min: { make: min, counts: false },
  nps: { make: nps, counts: false },
  first: { make: first, counts: false },
  last: { make: last, counts: false },
};
