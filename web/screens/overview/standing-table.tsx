import { Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { portfolioHref } from "./rows.ts";

export interface StandingRow {
  readonly name: string;
  readonly accounts: number;
  readonly revenue: number;
  /** Of all accounts, 0 to 1. */
  readonly share: number;
  /** How many there were at the beginning of the period; undefined: not known yet. */
  readonly before?: number | undefined;
  /** The rule that finds them. */
  readonly where: string;
  /** The part of the book that the model expects. */
  readonly expected?: readonly number[] | null;
  /** Of it, those who are at home here: what is compared with what is expected. */
  readonly baseShare?: number;
  readonly finding?: string | null;
  readonly overdue?: { readonly accounts: number; readonly where: string | null };
}

interface StandingTableProps {
  readonly rows: readonly StandingRow[];
  readonly what: string;
  readonly color: string;
}

/** Who stands where: accounts, their part of the book, what they pay, how that has changed. */
export function StandingTable({ rows, what, color }: StandingTableProps) {
  const t = useText("overview");
  const format = useFormat();
  const hasOverdue = rows.some(({ overdue }) => overdue !== undefined);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col" style={{ width: "34%" }}>
            {what}
          </th>
          <th scope="col" className="number">
            {t("accounts")}
          </th>
          <th scope="col" style={{ width: "22%" }}>
            {t("shareOfBook")}
          </th>
          <th scope="col" className="number">
            {t("revenue")}
          </th>
          <th scope="col" className="number">
            {t("change")}
          </th>
          {hasOverdue && (
            <th scope="col" className="number">
              {t("overdue")}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              {row.name}
              {row.expected && (
                <Text size="xs" c="dimmed" fw={400} style={{ whiteSpace: "normal" }}>
                  {t("atHome", {
                    share: format.percent(row.baseShare ?? 0),
                    low: format.percent(row.expected[0] ?? 0),
                    high: format.percent(row.expected[1] ?? 0),
                  })}
                </Text>
              )}
              {typeof row.finding === "string" && (
                <Text size="xs" c="dimmed" fw={400} style={{ whiteSpace: "normal" }}>
                  {row.finding}
                </Text>
              )}
            </th>
            <td className="number">
              <a className="plain-link" href={portfolioHref(row.where)}>
                {format.number(row.accounts)}
              </a>
            </td>
            <td>
              <div className="share-cell">
                <div className="share-bar" aria-hidden>
                  <div style={{ width: `${row.share * 100}%`, background: color }} />
                </div>
                {format.percent(row.share)}
              </div>
            </td>
            <td className="number">
              <a
                className="plain-link"
                href={portfolioHref(row.where)}
                title={format.money(row.revenue)}
              >
                {format.shortMoney(row.revenue)}
              </a>
            </td>
            <td className="number">
              <Changed by={row.before === undefined ? undefined : row.accounts - row.before} />
            </td>
            {hasOverdue && (
              <td className="number">
                {row.overdue && row.overdue.accounts > 0 && row.overdue.where !== null ? (
                  <a className="plain-link" href={portfolioHref(row.overdue.where)}>
                    {format.number(row.overdue.accounts)}
                  </a>
                ) : (
                  (row.overdue?.accounts ?? 0)
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** +3, −2, 0 as a dash. */
function Changed({ by }: { readonly by: number | undefined }) {
  const format = useFormat();
  if (by === undefined || by === 0) return <span aria-label="0">–</span>;
  return <span>{by > 0 ? `+${format.number(by)}` : `−${format.number(-by)}`}</span>;
}
