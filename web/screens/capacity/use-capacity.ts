import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, ask } from "../../lib/api.ts";
import type { components } from "../../lib/api-types.ts";
import { given } from "../../lib/given.ts";
import { useLive } from "../../lib/live.ts";
import type { CapacitySearch } from "./capacity-search.ts";
import { isNothing, readWish, type Wish, wishSearch } from "./wish.ts";

export type Capacity = components["schemas"]["Capacity"];
export type WhatIf = components["schemas"]["CapacityWhatIf"];
type Doer = Capacity["doers"][number];
type Unfit = Capacity["fit"]["touches"][number];

export const WEEKS = 8;

/** What the address says, and how to change it. */
export function useCapacityView() {
  const search = useSearch({ from: "/capacity" });
  const navigate = useNavigate({ from: "/capacity" });
  const change = (next: Partial<CapacitySearch>, replace = true) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace });
  const wish = readWish(search);
  return {
    search,
    weeks: search.weeks ?? WEEKS,
    tab: search.tab ?? ("load" as const),
    wish,
    change,
    tryOut: (next: Partial<Wish>) => change(wishSearch({ ...wish, ...next })),
    open: (who: string, week?: string) => change({ who, week }, false),
  };
}

export function useCapacity(weeks: number) {
  useLive(["accounts", "touches", "models", "team"], [["capacity"]]);
  return useQuery({
    queryKey: ["capacity", "now", weeks],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/capacity", { params: { query: { weeks } }, signal })),
    placeholderData: (before) => before,
  });
}

/** What is tried, worked out by the server; not asked while nothing is tried. */
export function useWhatIf(weeks: number, wish: Wish) {
  return useQuery({
    queryKey: ["capacity", "what-if", weeks, wish],
    enabled: !isNothing(wish),
    queryFn: ({ signal }) =>
      ask(
        api.POST("/api/capacity/what-if", {
          body: wishBody(weeks, wish),
          signal,
        }),
      ),
    placeholderData: (before) => before,
  });
}

/** The touches behind a cell, as they are or as what is tried would have them. */
export function useTouchesBehind(
  doer: string,
  week: string | undefined,
  weeks: number,
  wish: Wish,
) {
  const isTried = !isNothing(wish);
  return useQuery({
    queryKey: ["capacity", "touches", doer, week, weeks, isTried ? wish : null],
    queryFn: ({ signal }) =>
      isTried
        ? ask(
            api.POST("/api/capacity/what-if/touches", {
              body: { ...wishBody(weeks, wish), doer, ...given({ week }) },
              signal,
            }),
          )
        : ask(
            api.GET("/api/capacity/touches", {
              params: { query: { doer, weeks, ...given({ week }) } },
              signal,
            }),
          ),
  });
}

function wishBody(weeks: number, { heads, hours, leave, thresholds }: Wish) {
  return {
    weeks,
    heads: [...heads],
    hours,
    leave: [...leave],
    thresholds: [...thresholds],
  };
}

/** What the page shows: as it is, or as it would be. */
export interface Shown {
  readonly doers: readonly Doer[];
  readonly levels: Capacity["levels"];
  readonly unfit: Capacity["fit"]["unfit"];
  readonly touches: readonly Unfit[];
  readonly roles: Capacity["roles"];
  readonly busiest: Capacity["busiest"];
  /** Of everybody together. */
  readonly minutes: number;
  readonly capacity: number | null;
}

export function shownNow({ doers, levels, fit, roles, busiest }: Capacity): Shown {
  const weeks = roles.flatMap((role) => role.weeks);
  const known = weeks.map((week) => week.capacity).filter((one) => one !== null);
  return {
    doers,
    levels,
    unfit: fit.unfit,
    touches: fit.touches,
    roles,
    busiest,
    minutes: weeks.reduce((sum, week) => sum + week.minutes, 0),
    capacity: known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0),
  };
}

export function shownThen({ after }: WhatIf): Shown {
  const known = after.weeks.map((week) => week.capacity).filter((one) => one !== null);
  return {
    doers: after.doers,
    levels: after.levels,
    unfit: after.unfit,
    touches: after.touches,
    roles: after.roles,
    busiest: after.busiest,
    minutes: after.weeks.reduce((sum, week) => sum + week.minutes, 0),
    capacity: known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0),
  };
}
