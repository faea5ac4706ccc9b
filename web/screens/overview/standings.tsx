import { useText } from "../../text/text.ts";
import { Asked, Section } from "./section.tsx";
import { StandingTable } from "./standing-table.tsx";
import { useFlows, useOverview, useOverviewView } from "./use-overview.ts";

const COLOR = "#0d9488";

export function Levels() {
  const t = useText("overview");
  const { from } = useOverviewView();
  const overview = useOverview(from);
  const before = useFlows("level", from).data?.points[0]?.standing;
  return (
    <Section title={t("byLevel")} definition={t("byLevelDefinition")}>
      <Asked query={overview} lines={4}>
        {({ levels }) => (
          <StandingTable
            what={t("level")}
            color={COLOR}
            rows={levels.map((one) => ({
              ...one,
              baseShare: one.base_share,
              where: `level == "${one.name}"`,
              before: before && (before[one.name] ?? 0),
            }))}
          />
        )}
      </Asked>
    </Section>
  );
}

export function Stages() {
  const t = useText("overview");
  const { from } = useOverviewView();
  const overview = useOverview(from);
  const before = useFlows("stage", from).data?.points[0]?.standing;
  return (
    <Section title={t("byStage")} definition={t("byStageDefinition")}>
      <Asked query={overview} lines={4}>
        {({ stages }) => (
          <StandingTable
            what={t("stage")}
            color={COLOR}
            rows={stages.map(({ overdue, overdue_where: where, ...one }) => ({
              ...one,
              where: `stage == "${one.name}"`,
              before: before && (before[one.name] ?? 0),
              overdue: { accounts: overdue, where },
            }))}
          />
        )}
      </Asked>
    </Section>
  );
}
