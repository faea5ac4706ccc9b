import { Stack, Title } from "@mantine/core";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { useBench } from "../bench-context.ts";
import { weekTotals } from "../impact/impact-sums.ts";
import { WeekTable } from "../impact/week-table.tsx";
import type { Plan } from "./plan-shape.ts";

/** What becomes of touches, program by program, and of messages week by week. */
export function PlanTouches({ plan }: { readonly plan: Plan }) {
  const t = useText("model");
  const format = useFormat();
  const { checked } = useBench();
  const titles = new Map(
    (checked.model?.touchpoints ?? []).map(({ name, title }) => [name, title]),
  );
  const changed = plan.touches.filter(
    ({ made, moved, cancelled, changed: other }) => made + moved + cancelled + other > 0,
  );
  if (changed.length === 0) return null;
  const number = (count: number): string => (count === 0 ? "–" : format.number(count));
  return (
    <Stack gap="xs">
      <Title order={2}>{t("touches")}</Title>
      <ScrollPanel label={t("touches")}>
        <table className="model-grid">
          <thead>
            <tr>
              <th scope="col">{t("program")}</th>
              <th scope="col">{t("touch")}</th>
              {(["made", "kept", "moved", "cancelled", "changed"] as const).map((fate) => (
                <th key={fate} scope="col" className="num">
                  {t(`fate_${fate}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {changed.map((one) => (
              <tr key={`${one.program} ${one.touchpoint} ${one.human}`}>
                <td>{one.program ?? "–"}</td>
                <td>{titles.get(one.touchpoint) ?? one.touchpoint}</td>
                <td className="num">{number(one.made)}</td>
                <td className="num">{number(one.kept)}</td>
                <td className="num">{number(one.moved)}</td>
                <td className="num">{number(one.cancelled)}</td>
                <td className="num">{number(one.changed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
      <ScrollPanel label={t("messages")}>
        <WeekTable label={t("messages")} weeks={weekTotals(plan.messages)} show={number} />
      </ScrollPanel>
    </Stack>
  );
}
