import type { Staffed } from "../../core/allocate/staffing.ts";
import type { Frame } from "../../core/allocate/types.ts";
import { formatDay } from "../../core/time/day.ts";
import { busyJson, coverageJson, doerJson, roleJson, unfitJson } from "./capacity-json.ts";
import type { ModelImpact } from "../impact/types.ts";
import type { WhatIfAnswer } from "./capacity-what-if.ts";

const LISTED = 200;

export function whatIfJson({
  today,
  currency,
  frame,
  before,
  after,
  busiest,
  impact,
}: WhatIfAnswer) {
  return {
    today: formatDay(today),
    currency,
    weeks: frame.weeks.map(formatDay),
    before: staffedJson(before, frame),
    after: { ...staffedJson(after, frame), busiest: busiest.map(busyJson) },
    moves: impact && movesOf(impact),
    is_exact: impact === null || impact.exact.work,
  };
}

/**
 * By base level, which is what is staffed for: a lower level is held for a while, a base is not.
 * Where not all movers are told one by one, by the level of today.
 */
function movesOf({ accounts, movers, levels }: ModelImpact) {
  if (movers.length < accounts.moving)
    return levels.filter(({ from, to }) => from !== to).map((one) => ({ ...one }));
  const cells = new Map<
    string,
    { from: string | null; to: string | null; accounts: number; revenue: number }
  >();
  for (const { moves, revenue } of movers) {
    const move = moves.find(({ what }) => what === "base_level");
    if (!move) continue;
    const { from, to } = move;
    const key = JSON.stringify([from, to]);
    const cell = cells.get(key) ?? { from, to, accounts: 0, revenue: 0 };
    cells.set(key, {
      ...cell,
      accounts: cell.accounts + 1,
      revenue: cell.revenue + (revenue ?? 0),
    });
  }
  return [...cells.values()].toSorted((a, b) => b.accounts - a.accounts);
}

function staffedJson({ doers, roles, levels, fit }: Staffed, { weeks }: Frame) {
  return {
    unfit: fit.unfit,
    touches: fit.list.slice(0, LISTED).map(unfitJson),
    weeks: weeks.map((week, slot) => {
      const loads = roles.map((role) => role.weeks[slot]);
      const has = loads.map((load) => load?.capacity ?? null).filter((one) => one !== null);
      return {
        week: formatDay(week),
        minutes: loads.reduce((sum, load) => sum + (load?.minutes ?? 0), 0),
        capacity: has.length === 0 ? null : has.reduce((sum, one) => sum + one, 0),
      };
    }),
    doers: doers.map(doerJson),
    roles: roles.map(roleJson),
    levels: levels.map(coverageJson),
  };
}
