import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";

interface Week {
  readonly week: string;
  readonly before: number;
  readonly after: number;
  readonly has?: number | null;
}

/** Weeks as a small table: before, after, and what there is. */
export function WeekTable({
  label,
  weeks,
  show,
}: {
  readonly label: string;
  readonly weeks: readonly Week[];
  readonly show: (amount: number) => string;
}) {
  const t = useText("model");
  const format = useFormat();
  const hasHours = weeks.some(({ has }) => typeof has === "number");
  return (
    <table className="model-grid week-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          {weeks.map(({ week }) => (
            <th key={week} scope="col" className="num">
              {format.shortDay(week)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t("before")}</th>
          {weeks.map(({ week, before }) => (
            <td key={week} className="num">
              {show(before)}
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row">{t("after")}</th>
          {weeks.map(({ week, after, has }) => (
            <td
              key={week}
              className="num"
              data-over={typeof has === "number" && after > has ? "yes" : undefined}
              title={typeof has === "number" && after > has ? t("moreThanThere") : undefined}
            >
              {show(after)}
            </td>
          ))}
        </tr>
        {hasHours && (
          <tr>
            <th scope="row">{t("thereAre")}</th>
            {weeks.map(({ week, has }) => (
              <td key={week} className="num">
                {typeof has === "number" ? show(has) : "–"}
              </td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  );
}
