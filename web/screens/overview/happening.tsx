import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { IconAlertTriangle, IconArrowRight } from "../../ui/icons.ts";
import { Empty } from "../../ui/empty.tsx";
import { Asked, Section } from "./section.tsx";
import { useNames } from "./use-names.ts";
import { useOverview, useOverviewView } from "./use-overview.ts";

const MOVERS = 8;

/** Who moved, grouped by why. */
export function Movers() {
  const t = useText("overview");
  const format = useFormat();
  const nameOf = useNames();
  const { from, open } = useOverviewView();
  return (
    <Section title={t("movers")} definition={t("moversDefinition", { day: format.day(from) })}>
      <Asked query={useOverview(from)} lines={5}>
        {({ movers }) =>
          movers.length === 0 ? (
            <Empty title={t("noMovers")} />
          ) : (
            <table className="plain-table">
              <tbody>
                {movers.slice(0, MOVERS).map((one) => (
                  <tr key={`${one.what} ${one.from ?? ""} ${one.to ?? ""} ${one.why}`}>
                    <th scope="row" style={{ whiteSpace: "nowrap" }}>
                      {nameOf(one.from)} <IconArrowRight size={12} aria-label={t("to")} />{" "}
                      {nameOf(one.to)}
                    </th>
                    <td className="number">
                      <button
                        type="button"
                        className="plain-link"
                        aria-label={t("moverLabel", {
                          count: one.accounts,
                          from: nameOf(one.from),
                          to: nameOf(one.to),
                          why: one.why,
                        })}
                        onClick={() => {
                          const { what, from: was, to: is, why } = one;
                          open({ of: "movers", since: from, what, from: was, to: is, why });
                        }}
                      >
                        {format.number(one.accounts)}
                      </button>
                    </td>
                    <td>
                      {one.why}
                      <Text size="xs" c="dimmed">
                        {one.examples.join(", ")}
                      </Text>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Asked>
    </Section>
  );
}

/** Who needs somebody now, the worst first. */
export function InNeed() {
  const t = useText("overview");
  const format = useFormat();
  const { from, open } = useOverviewView();
  return (
    <Section title={t("inNeed")} definition={t("inNeedDefinition")}>
      <Asked query={useOverview(from)} lines={5}>
        {({ in_need: needs, needing }) =>
          needs.length === 0 ? (
            <Empty title={t("noNeeds")} />
          ) : (
            <Stack gap={0}>
              {needs.map((one) => (
                <Group key={one.id} wrap="nowrap" gap="md" py={6} className="need-row">
                  <div style={{ flex: 1, minWidth: 0 }}>
                    <AccountLink id={one.id} name={one.name} />
                    <Text size="xs" c="dimmed">
                      {one.reasons.join("; ")}
                    </Text>
                  </div>
                  <Text size="sm" className="tabular" style={{ whiteSpace: "nowrap" }}>
                    {one.revenue === null ? "" : format.shortMoney(one.revenue)}
                  </Text>
                </Group>
              ))}
              {needing > needs.length && (
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  mt={6}
                  ta="left"
                  onClick={() => open({ of: "need" })}
                >
                  {t("allInNeed", { count: needing })}
                </Anchor>
              )}
            </Stack>
          )
        }
      </Asked>
    </Section>
  );
}

/** What people have to do this week, and the hours they have for it. */
export function ThisWeek() {
  const t = useText("overview");
  const format = useFormat();
  const { from } = useOverviewView();
  return (
    <Section
      title={t("thisWeek")}
      definition={t("thisWeekDefinition")}
      actions={
        <Anchor component={Link} size="sm" {...({ to: "/capacity" } as object)}>
          {t("toCapacity")}
        </Anchor>
      }
    >
      <Asked query={useOverview(from)} lines={5}>
        {({ week: { from: week, work } }) =>
          work.length === 0 ? (
            <Empty title={t("noWork")} />
          ) : (
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">{t("who")}</th>
                  <th scope="col" className="number">
                    {t("touchesCount")}
                  </th>
                  <th scope="col" className="number">
                    {t("hoursNeeded")}
                  </th>
                  <th scope="col" className="number">
                    {t("hoursThere")}
                  </th>
                  <th scope="col">{t("what")}</th>
                </tr>
              </thead>
              <tbody>
                {work.map((one) => (
                  <tr key={one.owner ?? one.name}>
                    <th scope="row">{one.name}</th>
                    <td className="number">
                      {one.touches === 0 ? (
                        format.number(0)
                      ) : (
                        <Anchor
                          component={Link}
                          inherit
                          c="inherit"
                          className="plain-link"
                          aria-label={t("loadLabel", { count: one.touches, name: one.name })}
                          {...({
                            to: "/capacity",
                            search: { who: one.owner ?? "pool", week },
                          } as object)}
                        >
                          {format.number(one.touches)}
                        </Anchor>
                      )}
                    </td>
                    <td className="number">
                      {isOver(one) ? (
                        <Text span inherit fw={620} style={{ color: "var(--ts-red)" }}>
                          <IconAlertTriangle size={12} aria-label={t("tooMuch")} />{" "}
                          {format.number(one.minutes / 60)}
                        </Text>
                      ) : (
                        format.number(one.minutes / 60)
                      )}
                    </td>
                    <td className="number">
                      {one.hours === null ? "–" : format.number(one.hours)}
                    </td>
                    <td>
                      <Text size="xs" c="dimmed" lineClamp={1}>
                        {one.what}
                      </Text>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Asked>
    </Section>
  );
}

function isOver({ minutes, hours }: { readonly minutes: number; readonly hours: number | null }) {
  return hours !== null && minutes > hours * 60;
}
