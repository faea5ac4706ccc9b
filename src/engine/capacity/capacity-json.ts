import type { BusyDay } from "../../core/allocate/busiest-days.ts";
import type {
  DoerLoad,
  LevelCoverage,
  RoleLoad,
  Unfit,
  WeekLoad,
} from "../../core/allocate/types.ts";
import { formatDay } from "../../core/time/day.ts";
import type { CapacityReport } from "../capacity.ts";
import { type UnfitGroup, unfitGroups } from "./unfit-groups.ts";

/** Touches are told one by one up to here; the groups count all of them. */
const LISTED = 1000;

/** Capacity as commands and the API show it: days as text, minutes as they are reckoned. */
export function capacityJson(report: CapacityReport) {
  const { model, frame, fit } = report;
  return {
    model: model.name,
    version: report.version,
    today: formatDay(report.today),
    currency: model.workspace.currency,
    weeks: frame.weeks.map(formatDay),
    planned_through: formatDay(report.plannedThrough),
    who: report.who,
    doers: report.doers.map(doerJson),
    roles: report.roles.map(roleJson),
    levels: report.levels.map(coverageJson),
    fit: {
      fits: fit.fits,
      unfit: fit.unfit,
      unknown: fit.unknown,
      groups: unfitGroups(fit.list).map(groupJson),
      touches: fit.list.slice(0, LISTED).map(unfitJson),
    },
    busiest: report.busiest.map(busyJson),
    what_if: report.whatIfs.map(({ change, changes }) => ({
      change:
        change.kind === "add-head"
          ? { kind: change.kind, role: change.role, pod: change.pod, from: formatDay(change.from) }
          : {
              kind: change.kind,
              member: change.member,
              from: formatDay(change.from),
              to: formatDay(change.to),
            },
      minutes: changes.minutes,
      before: changes.before,
      after: changes.after,
      taken: changes.taken,
      touches: changes.touches.slice(0, LISTED).map(unfitJson),
    })),
  };
}

function weekJson({ week, ...load }: WeekLoad) {
  return { week: formatDay(week), ...load };
}

export function doerJson({ weeks, ...doer }: DoerLoad) {
  return { ...doer, weeks: weeks.map(weekJson) };
}

export function roleJson({ role, people, weeks }: RoleLoad) {
  return { role, people, weeks: weeks.map(weekJson) };
}

export function coverageJson({ hoursNeeded, hoursThere, asked, ...level }: LevelCoverage) {
  return {
    ...level,
    accounts_per_owner: asked,
    hours_needed: hoursNeeded,
    hours_there: hoursThere,
  };
}

function groupJson({ week, what, ...group }: UnfitGroup) {
  return { ...group, week: formatDay(week), what: [...what] };
}

export function unfitJson({ work, week }: Unfit) {
  return {
    id: work.touchId,
    account: work.account,
    account_name: work.accountName,
    touchpoint: work.touchpoint,
    title: work.title,
    program: work.program,
    due: formatDay(work.due),
    week: formatDay(week),
    minutes: work.minutes,
    must: work.must,
    doer: work.doer,
    level: work.level,
    revenue: work.revenue,
  };
}

export function busyJson({ day, moves, ...busy }: BusyDay) {
  return {
    ...busy,
    day: formatDay(day),
    moves: moves.map(({ work, to }) => ({
      id: work.touchId,
      account: work.account,
      account_name: work.accountName,
      title: work.title,
      minutes: work.minutes,
      to: formatDay(to),
    })),
  };
}
