import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import type { Capacity } from "./use-capacity.ts";

/** Everybody of a role together, week by week: hours needed of hours there. */
export function RoleTotals({ roles, weeks }: Pick<Capacity, "roles" | "weeks">) {
  const t = useText("capacity");
  const format = useFormat();
  const shown = roles.filter(({ weeks: loads }) => loads.some(({ touches }) => touches > 0));
  return (
    <div style={{ overflowX: "auto" }}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("byRole")}</th>
            <th scope="col" className="number">
              {t("people")}
            </th>
            {weeks.map((week) => (
              <th scope="col" key={week} className="number">
                {format.shortDay(week)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ role, people, weeks: loads }) => (
            <tr key={role}>
              <th scope="row">{role}</th>
              <td className="number">{format.number(people)}</td>
              {loads.map((load) => (
                <td key={load.week} className="number">
                  {format.number(load.minutes / 60, 0)} /{" "}
                  {load.capacity === null ? "?" : format.number(load.capacity / 60, 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
