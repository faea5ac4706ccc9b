import { Text } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { useCapacityView, type Capacity, type Shown } from "./use-capacity.ts";
import { useDoerName } from "./use-doer-name.ts";
import { Tip } from "../../ui/tip.tsx";

type Week = Capacity["doers"][number]["weeks"][number];

interface HeatMapProps {
  readonly shown: Shown;
  readonly weeks: readonly string[];
  readonly plannedThrough: string;
}

/** Who has how much to do in which week: the number says it, the colour and the mark say it again. */
export function HeatMap({ shown, weeks, plannedThrough }: HeatMapProps) {
  const t = useText("capacity");
  const format = useFormat();
  const nameOf = useDoerName();
  const people = shown.doers;
  return (
    <div style={{ overflowX: "auto" }}>
      <table className="heat-map" aria-label={t("heatMap")}>
        <thead>
          <tr>
            <th scope="col">{t("who")}</th>
            {weeks.map((week) => (
              <th scope="col" key={week}>
                {format.shortDay(week)}
                {week > plannedThrough && (
                  <Text span size="xs" c="dimmed" title={t("notPlannedYet")}>
                    {" *"}
                  </Text>
                )}
              </th>
            ))}
            <th scope="col">{t("allWeeks")}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((one, row) => (
            <tr key={one.doer}>
              <th scope="row">
                <span className="heat-name">{nameOf(one)}</span>
                <Text span size="xs" c="dimmed" fw={400}>
                  {one.role ?? t(one.kind === "pool" ? "sharedWork" : `kind_${one.kind}`)}
                </Text>
              </th>
              {one.weeks.map((week, column) => (
                <td key={week.week}>
                  <Cell
                    load={week}
                    place={`${row}:${column}`}
                    isFirst={row === 0 && column === 0}
                    name={nameOf(one)}
                    doer={one.doer}
                    week={week.week}
                  />
                </td>
              ))}
              <td>
                <Cell
                  load={one.total}
                  place={`${row}:${one.weeks.length}`}
                  isFirst={false}
                  name={nameOf(one)}
                  doer={one.doer}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Legend />
    </div>
  );
}

interface CellProps {
  readonly load: Omit<Week, "week">;
  readonly place: string;
  readonly isFirst: boolean;
  readonly name: string;
  readonly doer: string;
  readonly week?: string;
}

function Cell({ load, place, isFirst, name, doer, week }: CellProps) {
  const t = useText("capacity");
  const format = useFormat();
  const { open } = useCapacityView();
  const text = load.load === null ? (load.touches > 0 ? "?" : "–") : format.percent(load.load);
  const hours = t("hoursOf", {
    needed: format.hours(load.minutes),
    there: load.capacity === null ? "?" : format.hours(load.capacity),
  });
  const when = week === undefined ? t("allWeeks") : format.shortDay(week);
  const label = `${name}, ${when}: ${text}, ${t(`band_${load.band}`)}, ${hours}, ${t("touchCount", { count: load.touches })}`;
  return (
    <Tip label={`${hours}, ${t("touchCount", { count: load.touches })}`}>
      <button
        type="button"
        className="heat-cell"
        data-band={load.touches === 0 && load.band === "green" ? "free" : load.band}
        data-cell={place}
        data-week={week}
        data-touches={load.touches}
        tabIndex={isFirst ? 0 : -1}
        aria-label={label}
        onClick={() => open(doer, week)}
        onKeyDown={moveFocus}
      >
        {text}
        <span aria-hidden className="heat-mark" data-mark={load.band} />
      </button>
    </Tip>
  );
}

const STEPS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The arrow keys go from cell to cell; Tab goes past the table. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const from = event.currentTarget.dataset["cell"];
  if (!step || from === undefined) return;
  const [row = 0, column = 0] = from.split(":").map(Number);
  const table = event.currentTarget.closest("table");
  const next = table?.querySelector<HTMLElement>(
    `[data-cell="${row + step[0]}:${column + step[1]}"]`,
  );
  if (!table || !next) return;
  event.preventDefault();
  for (const one of table.querySelectorAll<HTMLElement>('[data-cell][tabindex="0"]'))
    one.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function Legend() {
  const t = useText("capacity");
  return (
    <div className="heat-legend" aria-hidden>
      {(["green", "amber", "red", "none"] as const).map((band) => (
        <span key={band}>
          <i data-band={band} className="heat-swatch" /> {t(`legend_${band}`)}
          <i className="heat-mark" data-mark={band} />
        </span>
      ))}
    </div>
  );
}
