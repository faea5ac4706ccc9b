import type { Model } from "../../../src/core/model/index.ts";
import type { Touch } from "../../../src/core/schedule/index.ts";
import { type Day, formatDay } from "../../../src/core/time/day.ts";
import { localDay } from "../../../src/core/time/zone.ts";
import type { Delivered } from "./simulated-world.ts";

/**
 * Counted anew from what reached people, without a line of the program's own counting: who had
 * more in a window of calendar days than the model's caps for a contact or an account allow.
 */
export function overContactCaps(
  model: Model,
  delivered: readonly Delivered[],
  touches: readonly Touch[],
): string[] {
  const touchOf = new Map(touches.map((touch) => [touch.id, touch]));
  const counted = delivered.flatMap((one) => {
    const touch = touchOf.get(one.touchId);
    // what came back reached nobody, and gave its place back
    if (!touch || touch.purpose === "transactional" || touch.result === "bounced") return [];
    return [{ ...one, touch, day: localDay(one.at, model.workspace.timezone) }];
  });
  const over: string[] = [];
  for (const { key, count, days } of model.caps.contact) {
    const own = counted.filter(({ channel }) => key === "any" || key === channel);
    for (const [receiver, list] of groups(own, ({ receiver }) => receiver)) {
      over.push(
        ...tooMany(
          list.map(({ day }) => day),
          count,
          days,
          `${receiver} ${key}`,
        ),
      );
    }
  }
  for (const { key, count, days } of model.caps.account) {
    const own = counted.filter(({ channel }) => key === "any" || key === channel);
    for (const [account, list] of groups(own, ({ account }) => account)) {
      // one occurrence of a step counts once a day, however many receive it; with `for: contact`
      // each receiver has a run number of their own
      const once = new Map(
        list.map(({ touch, day }) => [
          `${touch.program} ${touch.step} ${touch.occurrence} ${day}`,
          day,
        ]),
      );
      over.push(...tooMany([...once.values()], count, days, `account ${account} ${key}`));
    }
  }
  return over;
}

function tooMany(all: readonly Day[], most: number, window: number, who: string): string[] {
  const days = all.toSorted((a, b) => a - b);
  return days.flatMap((day, index) => {
    const inside = days.slice(0, index + 1).filter((one) => one > day - window).length;
    return inside > most
      ? [`${who}: ${inside} in the ${window} days to ${formatDay(day)}, at most ${most}`]
      : [];
  });
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group) group.push(item);
    else found.set(key, [item]);
  }
  return found;
}
