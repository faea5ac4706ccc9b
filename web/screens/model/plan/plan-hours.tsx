import { Stack, Text, Title } from "@mantine/core";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { Arrow } from "../arrow.tsx";
import type { Plan } from "./plan-shape.ts";

/** Hours of each role and person per week: before, after, and where that is more than there is. */
export function PlanHours({ plan }: { readonly plan: Plan }) {
  const t = useText("model");
  const format = useFormat();
  const { before, after } = plan.hours;
  const weeks = (after.doers[0] ?? before.doers[0])?.weeks.map(({ week }) => week) ?? [];
  if (weeks.length === 0) return null;
  const names = [...new Set([...after.doers, ...before.doers].map(({ doer }) => doer))];
  const hours = (minutes: number): string => format.number(minutes / 60, 0);
  return (
    <Stack gap="xs">
      <Title order={2}>{t("hoursOfPeople")}</Title>
      <Text size="sm" c="dimmed">
        {t("hoursText")}
      </Text>
      <ScrollPanel label={t("hoursOfPeople")}>
        <table className="model-grid week-table">
          <thead>
            <tr>
              <th scope="col">{t("person")}</th>
              {weeks.map((week) => (
                <th key={week} scope="col" className="num">
                  {format.shortDay(week)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((doer) => {
              const now = after.doers.find((one) => one.doer === doer);
              const was = before.doers.find((one) => one.doer === doer);
              return (
                <tr key={doer}>
                  <th scope="row">{(now ?? was)?.name}</th>
                  {weeks.map((week, index) => {
                    const [old, fresh] = [was?.weeks[index], now?.weeks[index]];
                    const [from, to] = [old?.minutes ?? 0, fresh?.minutes ?? 0];
                    const capacity = (fresh ?? old)?.capacity ?? null;
                    const isOver = capacity !== null && to > capacity;
                    return (
                      <td
                        key={week}
                        className="num"
                        data-over={isOver ? "yes" : undefined}
                        title={
                          capacity === null ? undefined : t("hasHours", { hours: hours(capacity) })
                        }
                      >
                        {hours(from) !== hours(to) && (
                          <>
                            {hours(from)}
                            <Arrow />
                          </>
                        )}
                        {hours(to)}
                        {isOver ? " !" : ""}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollPanel>
    </Stack>
  );
}
