import { touchJson } from "../../core/schedule/index.ts";
import { formatDay } from "../../core/time/day.ts";
import { formatInstant } from "../../core/time/zone.ts";
import type { ListedTouch } from "../ports.ts";
import type { MyLoad } from "./my-load.ts";
import type { ToDoRow } from "./to-do-row.ts";
import type { Today } from "./today.ts";

/** Whether whoever asks may change a touch of an account. */
export type MayChange = (account: string | null, touch: string | null, doer: string) => boolean;

/** A person's day as commands and the API show it. */
export function todayJson(day: Today, may: MayChange) {
  const { member, model } = day;
  return {
    today: formatDay(day.today),
    now: formatInstant(day.now),
    owner: member === null ? null : { id: member.id, name: member.name ?? member.id },
    model: { name: model.name, version: day.version },
    due: day.due.map((row) => rowJson(row, may)),
    coming: day.coming.map((row) => rowJson(row, may)),
    open: day.open.map((row) => rowJson(row, may)),
    snoozed: day.snoozed.map((row) => rowJson(row, may)),
    done: day.done.map(doneJson),
    next: day.next === null ? null : rowJson(day.next, may),
    load: day.load === null ? null : loadJson(day.load),
    weeks: day.frame.weeks.map(formatDay),
    cut: day.cut,
  };
}

export function rowJson(row: ToDoRow, may: MayChange) {
  const { touch, doing, value, health, asks } = row;
  return {
    ...touchJson(touch),
    account_name: row.accountName,
    contact_name: row.contactName,
    doer: doing.doer,
    stands_in_for: doing.standsInFor,
    must: touch.must,
    priority: touch.priority,
    overdue_days: row.overdue,
    why: row.why,
    place: [...row.place],
    revenue: value.revenue,
    renews_on: value.renewsOn === null ? null : formatDay(value.renewsOn),
    level: row.level,
    stage: row.stage,
    health: { ...health },
    results: [...row.results],
    asks: asks.map(({ values, ...one }) => ({
      ...one,
      values: values === null ? null : [...values],
    })),
    snoozed_until: row.snoozedUntil === null ? null : formatInstant(row.snoozedUntil),
    may_change: may(row.accountOwner, touch.owner, doing.doer),
  };
}

function doneJson({ touch, accountName, contactName }: ListedTouch) {
  return { ...touchJson(touch), account_name: accountName, contact_name: contactName };
}

function loadJson({ weeks, unfit }: MyLoad) {
  return {
    weeks: weeks.map(({ week, days, ...load }) => ({
      week: formatDay(week),
      ...load,
      days: days.map(({ day, ...one }) => ({ day: formatDay(day), ...one })),
    })),
    unfit: unfit.map(({ work, week }) => ({
      id: work.touchId,
      account: work.account,
      account_name: work.accountName,
      title: work.title,
      due: formatDay(work.due),
      week: formatDay(week),
      minutes: work.minutes,
      must: work.must,
      revenue: work.revenue,
    })),
  };
}
