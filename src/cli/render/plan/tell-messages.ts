import { formatDay } from "../../../core/time/day.ts";
import { cut } from "../columns.ts";
import { table } from "../table.ts";
import { count, counted } from "../words.ts";
import { countChange, part, type PlanPage, right } from "./page.ts";

const CAPPED_SHOWN = 5;

/** Automated messages due week by week and channel by channel, before and after. */
export function tellMessages({ plan: { messages } }: PlanPage): string[] {
  const channels = [...new Set(messages.map(({ channel }) => channel))].toSorted();
  const weeks = [...new Set(messages.map(({ week }) => week))].toSorted((a, b) => a - b);
  if (weeks.length === 0) return [];
  const cell = (week: number, channel: string): string => {
    const found = messages.find((one) => one.week === week && one.channel === channel);
    return found ? countChange(found.before, found.after) : "0";
  };
  return [
    table(
      [{ head: "week of" }, ...channels.map((head) => ({ head, ...right }))],
      weeks.map((week) => [formatDay(week), ...channels.map((channel) => cell(week, channel))]),
    ),
  ];
}

/** Contacts who would get more than a cap lets through, and did not by the live model. */
export function tellCapped({ plan: { newlyCapped } }: PlanPage): string {
  if (newlyCapped.length === 0) return "";
  const caps = [...new Set(newlyCapped.map(({ cap }) => cap))];
  const rows = caps.map((cap) => {
    const of = newlyCapped.filter((one) => one.cap === cap);
    const some = of
      .slice(0, CAPPED_SHOWN)
      .map(({ contact, account }) => cut(contact ?? account, 24));
    return [cap, count(of.length), some.join(", ") + (of.length > CAPPED_SHOWN ? " …" : "")];
  });
  const title = `${counted(newlyCapped.length, "contact or account newly hits", "contacts and accounts newly hit")} a cap: what is over is put off`;
  return part(title, [
    table(
      [{ head: "cap" }, { head: "who", ...right }, { head: "for example" }],
      rows.map(([cap = "", n = "", some = ""]) => [cut(cap, 28), n, cut(some, 58)]),
    ),
  ]);
}
