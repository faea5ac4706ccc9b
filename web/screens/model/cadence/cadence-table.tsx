import { Text } from "@mantine/core";
import type { Model } from "../../../../src/core/model/index.ts";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { useBench } from "../bench-context.ts";
import { durationText } from "../duration-words.ts";
import { lineOf } from "../edit-yaml.ts";
import { EditCell } from "../levels/edit-cell.tsx";
import type { Cadence, CadenceRow } from "./cadence-of.ts";

interface CadenceTableProps {
  readonly model: Model;
  readonly program: Model["programs"][number];
  readonly cadence: Cadence;
}

/** Weeks across, touches down. */
export function CadenceTable({ model, program, cadence }: CadenceTableProps) {
  const t = useText("model");
  const { rows, firstWeek, lastWeek, date } = cadence;
  const weeks = Array.from({ length: lastWeek - firstWeek + 1 }, (_, index) => firstWeek + index);
  return (
    <ScrollPanel label={t("cadenceOf", { program: program.name })}>
      <table className="model-grid">
        <thead>
          <tr>
            <th scope="col">{t("touch")}</th>
            <th scope="col">{t("timing")}</th>
            <th scope="col">{t("byWhom")}</th>
            {weeks.map((week) => (
              <th key={week} scope="col" className="cadence-week tabular">
                {week >= 0 && date !== null && firstWeek < 0
                  ? week === 0
                    ? t("theDay")
                    : `+${week}`
                  : week < 0
                    ? week
                    : week + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.index} model={model} program={program.name} row={row} weeks={weeks} />
          ))}
        </tbody>
      </table>
    </ScrollPanel>
  );
}

interface RowProps {
  readonly model: Model;
  readonly program: string;
  readonly row: CadenceRow;
  readonly weeks: readonly number[];
}

function Row({ model, program, row, weeks }: RowProps) {
  const t = useText("model");
  const format = useFormat();
  const { bench, showPlace } = useBench();
  const { step, index } = row;
  const touchpoint = model.touchpoints.find(({ name }) => name === step.touchpoint);
  return (
    <tr>
      <th scope="row" style={{ fontWeight: 500, minWidth: 150 }}>
        <button
          type="button"
          className="link-button"
          onClick={() =>
            showPlace(
              "model.yaml",
              lineOf(bench.files.source, ["programs", program, "steps", index]),
            )
          }
        >
          {touchpoint?.title ?? step.touchpoint}
        </button>
        <Text size="xs" c="dimmed">
          {touchpoint ? t(`channel_${touchpoint.channel}`) : ""}
          {touchpoint?.must ? ` · ${t("must")}` : ""}
          {touchpoint?.to ? ` · ${touchpoint.to.text}` : ""}
        </Text>
      </th>
      <td style={{ whiteSpace: "nowrap" }}>
        <Timing program={program} row={row} />
      </td>
      <td style={{ whiteSpace: "nowrap" }}>
        {touchpoint ? t(`by_${touchpoint.by}`) : ""}
        {touchpoint?.human === true && (
          <Text size="xs" c="dimmed">
            {format.minutes(step.minutes)}
          </Text>
        )}
      </td>
      {weeks.map((week) => (
        <td key={week} className="cadence-week">
          {(row.weeks.get(week) ?? []).map((day) => (
            <span
              key={day}
              className="cadence-day"
              data-kind={touchpoint?.human === false ? "automated" : "human"}
            >
              {day < 0 ? day : t("dayN", { day })}
            </span>
          ))}
        </td>
      ))}
    </tr>
  );
}

function Timing({ program, row }: { readonly program: string; readonly row: CadenceRow }) {
  const t = useText("model");
  const { timing, touchpoint } = row.step;
  const path = (key: string) => ["programs", program, "steps", row.index, key] as const;
  const label = t("cellOf", { what: t("timing"), level: touchpoint });
  if (timing.kind === "before")
    return t("beforeDate", {
      date: timing.date,
      days: timing.days.map((days) => `${days}d`).join(", "),
    });
  const value = durationText(timing.kind === "after" ? timing.days : timing.period);
  return (
    <EditCell label={label} path={path(timing.kind)} value={value} how={{ kind: "duration" }}>
      {timing.kind === "after"
        ? t("afterEntry", { time: value })
        : t("everySeries", { time: value, first: durationText(timing.first) })}
    </EditCell>
  );
}
