import { VisuallyHidden } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { bandColor } from "../../ui/badges.tsx";
import { useWorkspace } from "../../lib/me.ts";
import { daysBefore } from "./overview-search.ts";
import { portfolioHref } from "./rows.ts";
import { Asked, Section } from "./section.tsx";
import { useFlows, useOverviewView } from "./use-overview.ts";
import { useNames } from "./use-names.ts";

/** Health now, a month ago and three: the bars and the numbers, and who went where. */
export function HealthNowAndThen() {
  const t = useText("overview");
  const { today } = useOverviewView();
  const long = useFlows("health", daysBefore(today, 90), "quarter");
  const short = useFlows("health", daysBefore(today, 30), "quarter").data;
  return (
    <Section title={t("health")} definition={t("healthDefinition")}>
      <Asked query={long} lines={4}>
        {(flows) => {
          const now = flows.points.at(-1)?.standing ?? {};
          const rows = [
            { day: flows.to, label: t("now"), standing: now },
            ...(short?.points[0]
              ? [
                  {
                    day: short.from,
                    label: t("daysAgo", { count: 30 }),
                    standing: short.points[0].standing,
                  },
                ]
              : []),
            {
              day: flows.from,
              label: t("daysAgo", { count: 90 }),
              standing: flows.points[0]?.standing ?? {},
            },
          ];
          return <Bands rows={rows} names={flows.names} />;
        }}
      </Asked>
    </Section>
  );
}

interface BandsProps {
  readonly rows: readonly {
    readonly day: string;
    readonly label: string;
    readonly standing: Readonly<Record<string, number>>;
  }[];
  readonly names: readonly string[];
}

function Bands({ rows, names }: BandsProps) {
  const t = useText("overview");
  const format = useFormat();
  const nameOf = useNames();
  const { open } = useOverviewView();
  const { bands } = useWorkspace();
  const [now, ...past] = rows;
  const known = knownOf(names);
  return (
    <table className="plain-table band-table">
      <thead>
        <tr>
          <th scope="col">{t("asOf")}</th>
          <th scope="col" style={{ width: "44%" }}>
            <VisuallyHidden>{t("spread")}</VisuallyHidden>
          </th>
          {names.map((name) => (
            <th scope="col" key={name} className="number">
              {nameOf(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, standing, day }) => {
          const all = Object.values(standing).reduce((sum, one) => sum + one, 0);
          return (
            <tr key={day}>
              <th scope="row" title={format.day(day)}>
                {label}
              </th>
              <td>
                <div className="band-bar" aria-hidden>
                  {names.map((name) => (
                    <div
                      key={name}
                      style={{
                        width: `${((standing[name] ?? 0) / Math.max(1, all)) * 100}%`,
                        background:
                          name === "unknown" ? "var(--ts-border)" : bandColor(bands, name),
                      }}
                    />
                  ))}
                </div>
              </td>
              {names.map((name) => (
                <td key={name} className="number">
                  {day === now?.day ? (
                    <a className="plain-link" href={portfolioHref(`health_band == "${name}"`)}>
                      {format.number(standing[name] ?? 0)}
                    </a>
                  ) : (standing[name] ?? 0) === 0 ? (
                    format.number(0)
                  ) : (
                    <button
                      type="button"
                      className="plain-link"
                      aria-label={t("pastBand", {
                        count: standing[name] ?? 0,
                        band: nameOf(name),
                        when: label,
                      })}
                      onClick={() =>
                        open({
                          of: "moved",
                          kind: "health",
                          from: day,
                          to: now?.day ?? day,
                          was: name,
                        })
                      }
                    >
                      {format.number(standing[name] ?? 0)}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          );
        })}
        {past.map(({ day, label, standing }) => (
          <tr key={`change ${day}`}>
            <th scope="row">{t("changeSince", { when: label })}</th>
            <td>
              <button
                type="button"
                className="plain-link"
                style={{ color: "var(--mantine-color-anchor)" }}
                onClick={() => open(worsened(now?.day ?? day, day, names))}
              >
                {t("whoWorsened", {
                  from: nameOf(known[0] ?? ""),
                  to: nameOf(known.at(-1) ?? ""),
                })}
              </button>
            </td>
            {names.map((name) => (
              <td key={name} className="number">
                {signed((now?.standing[name] ?? 0) - (standing[name] ?? 0))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );

  function signed(by: number): string {
    if (by === 0) return "–";
    return by > 0 ? `+${format.number(by)}` : `−${format.number(-by)}`;
  }
}

/** From the best band to the worst that is known. */
function worsened(to: string, from: string, names: readonly string[]) {
  const known = knownOf(names);
  return {
    ...({ of: "moved", kind: "health", from, to } as const),
    was: known[0] ?? "-",
    is: known.at(-1) ?? "-",
  };
}

function knownOf(names: readonly string[]): readonly string[] {
  return names.filter((name) => name !== "unknown" && name !== "");
}
