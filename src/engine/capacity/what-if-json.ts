import type { Staffed } from "../../core/allocate/staffing.ts";
import type { Frame } from "../../core/allocate/types.ts";
import { formatDay } from "../../core/time/day.ts";
import { coverageJson, doerJson, unfitJson } from "./capacity-json.ts";
import type { WhatIfAnswer } from "./capacity-what-if.ts";

const LISTED = 200;

export function whatIfJson({ today, currency, frame, before, after, impact }: WhatIfAnswer) {
  return {
    today: formatDay(today),
    currency,
    weeks: frame.weeks.map(formatDay),
    before: staffedJson(before, frame),
    after: staffedJson(after, frame),
    moves: impact && impact.levels.filter(({ from, to }) => from !== to).map((one) => ({ ...one })),
    is_exact: impact === null || impact.exact.work,
  };
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
    levels: levels.map(coverageJson),
  };
}
