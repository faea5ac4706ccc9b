import { useMemo } from "react";
import { useWorkspace } from "../../lib/me.ts";
import { plusDays } from "./day-choices.ts";
import type { ToDo, Today } from "./today-queries.ts";
import { type Lists, type WaitingChange, withWaiting } from "./waiting-changes.ts";

export interface ShownLists extends Lists {
  /** Of what is to come, this week's: the rest stands in the week's view. */
  readonly thisWeek: readonly ToDo[];
}

/** The day's lists as they are once what waits is done, and only what is looked for. */
export function useTodayLists(
  data: Today,
  changes: readonly WaitingChange[],
  q: string | undefined,
): ShownLists {
  const { timezone } = useWorkspace();
  return useMemo(() => {
    const lists = withWaiting(data, changes, timezone);
    const wanted = (q ?? "").trim().toLowerCase();
    const matches = (row: ToDo): boolean =>
      wanted === "" ||
      [row.account_name ?? row.account, row.title, row.why, row.contact_name ?? "", row.doer].some(
        (text) => text.toLowerCase().includes(wanted),
      );
    const coming = lists.coming.filter(matches);
    const sunday = plusDays(data.weeks[0] ?? data.today, 6);
    return {
      today: data.today,
      due: lists.due.filter(matches),
      coming,
      snoozed: lists.snoozed.filter(matches),
      open: lists.open.filter(matches),
      thisWeek: coming.filter(({ due }) => due <= sunday),
    };
  }, [data, changes, q, timezone]);
}
