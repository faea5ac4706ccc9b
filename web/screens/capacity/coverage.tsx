import { Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import type { Shown } from "./use-capacity.ts";

/** Accounts per owner, as they are and as the model asks for, level by level. */
export function Coverage({ shown }: { readonly shown: Shown }) {
  const t = useText("capacity");
  const format = useFormat();
  const digits = (value: number | null, none = "–") =>
    value === null ? none : format.number(value);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("level")}</th>
          <th scope="col">{t("lookedAfterBy")}</th>
          <th scope="col" className="number">
            {t("accounts")}
          </th>
          <th scope="col" className="number">
            {t("revenue")}
          </th>
          <th scope="col" className="number">
            {t("owners")}
          </th>
          <th scope="col" className="number">
            {t("perOwner")}
          </th>
          <th scope="col" className="number">
            {t("askedFor")}
          </th>
          <th scope="col" className="number">
            {t("hoursAWeek")}
          </th>
          <th scope="col" style={{ width: "34%" }}>
            {t("finding")}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.levels.map((one) => (
          <tr key={one.level}>
            <th scope="row">{one.level}</th>
            <td>{t(`by_${one.by}`)}</td>
            <td className="number">
              <a
                className="plain-link"
                href={`/portfolio?where=${encodeURIComponent(`base_level == "${one.level}"`)}`}
              >
                {format.number(one.accounts)}
              </a>
            </td>
            <td className="number">{format.shortMoney(one.revenue)}</td>
            <td className="number">{one.by === "automation" ? "–" : digits(one.owners)}</td>
            <td className="number">{digits(one.actual)}</td>
            <td className="number">{digits(one.accounts_per_owner)}</td>
            <td className="number">
              {format.number(one.hours_needed)} / {digits(one.hours_there)}
            </td>
            <td>
              <Text size="xs" c={one.finding === null ? "dimmed" : undefined}>
                {one.finding ?? (one.by === "automation" ? t("nobodyNeeded") : t("covered"))}
              </Text>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
