import { Stack, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import type { Shown } from "./use-capacity.ts";
import { useDoerName } from "./use-doer-name.ts";

/** The days with the most over, and what of them could be done on another. */
export function BusyDays({ shown }: { readonly shown: Shown }) {
  const t = useText("capacity");
  const format = useFormat();
  const nameOf = useDoerName();
  const names = new Map(shown.doers.map((one) => [one.doer, nameOf(one)]));
  if (shown.busiest.length === 0) return <Empty title={t("noBusyDays")} />;
  return (
    <Stack gap="md">
      {shown.busiest.map((day) => (
        <div key={`${day.doer} ${day.day}`} className="busy-day">
          <div>
            <Text fw={550}>{names.get(day.doer) ?? day.doer}</Text>
            <Text size="sm">{format.weekday(day.day)}</Text>
            <Text size="xs" c="dimmed" className="tabular">
              {t("busyHours", {
                needed: format.hours(day.minutes),
                there: format.hours(day.capacity),
                count: day.touches,
              })}
            </Text>
          </div>
          <div>
            {day.moves.length === 0 && (
              <Text size="sm" c="dimmed">
                {t("nothingMoves")}
              </Text>
            )}
            {day.moves.map((move) => (
              <Text size="sm" component="div" key={move.id} className="busy-move">
                <AccountLink id={move.account} name={move.account_name} />
                <span>{move.title}</span>
                <span className="tabular">{format.minutes(move.minutes)}</span>
                <span>{t("moveTo", { day: format.weekday(move.to) })}</span>
              </Text>
            ))}
            <Text size="xs" c="dimmed">
              {day.left > 0 ? t("stillOver", { hours: format.hours(day.left) }) : t("thenItFits")}
            </Text>
          </div>
        </div>
      ))}
    </Stack>
  );
}
