import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { TODAY, type ToDo, type Today } from "./today-queries.ts";

/** Takes upon oneself a touch that is a pod's, the pool's or a role's; null: one is no member. */
export function useTake(): ((row: ToDo) => void) | null {
  const t = useText("today");
  const { member } = useMe();
  const taking = useAct({
    run: ({ id }: ToDo, key) =>
      ask(
        api.POST("/api/touches/{touch}/assign", {
          params: { path: { touch: id } },
          body: { owner: member, reason: t("takenReason") },
          headers: idempotent(key),
        }),
      ),
    optimistic: (row, put) =>
      put<Today>(TODAY, (day) => {
        if (!day.open.some(({ id }) => id === row.id)) return day;
        const mine = { ...row, owner: member, may_change: true };
        const open = day.open.filter(({ id }) => id !== row.id);
        return { ...day, open, due: [...day.due, mine] };
      }),
    refresh: [TODAY],
  });
  return member === null ? null : (row) => taking.act(row);
}
