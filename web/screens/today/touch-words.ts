import type { Format } from "../../lib/format.ts";
import type { useText } from "../../text/text.ts";
import type { Result, ToDo } from "./today-queries.ts";

type T = ReturnType<typeof useText<"today">>;

/** When it is due, as a row says it: an hour, `today`, `3 days late`, a day. */
export function dueWords(
  { due, starts_at: startsAt, overdue_days: late }: ToDo,
  format: Format,
  t: T,
): string {
  if (late > 0) return t("daysLate", { count: late });
  if (format.daysFromToday(due) === 0) {
    return startsAt === null ? t("dueToday") : format.time(startsAt);
  }
  const day = format.weekday(due);
  return startsAt === null ? day : `${day} ${format.time(startsAt)}`;
}

const RESULTS = {
  held: "resultHeld",
  no_show: "resultNoShow",
  attended: "resultAttended",
  registered: "resultRegistered",
  seen: "resultSeen",
  delivered: "resultDelivered",
  opened: "resultOpened",
  clicked: "resultClicked",
  replied: "resultReplied",
  converted: "resultConverted",
  completed: "resultCompleted",
  bounced: "resultBounced",
  complained: "resultComplained",
  dismissed: "resultDismissed",
  unsubscribed: "resultUnsubscribed",
} as const satisfies { readonly [R in Result]: string };

export function resultWord(result: Result, t: T): string {
  return t(RESULTS[result]);
}

/** A pod, the pool or a role, as people say it. */
export function groupWord(doer: string, t: T): string {
  if (doer === "pool") return t("pool");
  if (doer.startsWith("pod:")) return t("pod", { name: doer.slice(4) });
  return doer.replaceAll("_", " ");
}
