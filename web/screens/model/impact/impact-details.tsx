import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { AccountLink } from "../../../ui/account-link.tsx";
import { Arrow } from "../arrow.tsx";
import { useBench } from "../bench-context.ts";
import { ImpactNote } from "./impact-note.tsx";
import { weekTotals } from "./impact-sums.ts";
import { MoveMatrix } from "./move-matrix.tsx";
import type { Impact } from "./use-impact.ts";
import { WeekTable } from "./week-table.tsx";

const FEW = 8;

/** From where to where, who, and week by week. */
export function ImpactDetails({ impact }: { readonly impact: Impact }) {
  const t = useText("model");
  const format = useFormat();
  const { checked } = useBench();
  const [isAll, setAll] = useState(false);
  const levels = (checked.model?.levels ?? []).map(({ name }) => name);
  const movers = isAll ? impact.movers : impact.movers.slice(0, FEW);
  return (
    <Stack gap="md" px={14} pb={14}>
      {impact.changes.length > 0 && (
        <ul className="plain-list">
          {impact.changes.slice(0, 12).map(({ path, sentence }) => (
            <li key={`${path} ${sentence}`}>
              <Text size="sm">{sentence}</Text>
            </li>
          ))}
        </ul>
      )}
      <div style={{ overflowX: "auto" }}>
        <MoveMatrix label={t("levelMoves")} cells={impact.levels} order={levels} />
      </div>
      {movers.length > 0 && (
        <div>
          <Text size="xs" c="dimmed" fw={550} mb={4}>
            {t("whoMoves")}
          </Text>
          {movers.map((one) => (
            <Group key={one.account} justify="space-between" wrap="nowrap" gap="md" py={3}>
              <AccountLink id={one.account} name={one.name} />
              <Text size="sm" c="dimmed" truncate flex={1}>
                {one.moves
                  .filter(({ what }, _, all) => what !== "base_level" || all.length === 1)
                  .map(({ what, from, to }) => (
                    <span key={what} className="move">
                      {what.replace("segments.", "")}: {from ?? "–"}
                      <Arrow />
                      {to ?? "–"}
                    </span>
                  ))}
              </Text>
              <Text size="sm" className="tabular">
                {one.revenue === null ? "–" : format.shortMoney(one.revenue)}
              </Text>
            </Group>
          ))}
          {impact.movers.length > FEW && (
            <Anchor component="button" type="button" size="sm" onClick={() => setAll(!isAll)}>
              {isAll ? t("showFewer") : t("showAll", { count: impact.movers.length })}
            </Anchor>
          )}
        </div>
      )}
      <div style={{ overflowX: "auto" }}>
        <WeekTable
          label={t("hoursOfPeople")}
          weeks={impact.work}
          show={(minutes) => format.number(minutes / 60, 0)}
        />
        <WeekTable
          label={t("messages")}
          weeks={weekTotals(impact.messages)}
          show={(count) => format.number(count)}
        />
      </div>
      <ImpactNote impact={impact} />
    </Stack>
  );
}
