import { Badge, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { IconCircleCheck } from "../../ui/icons.ts";
import type { Shown } from "./use-capacity.ts";
import { useDoerName } from "./use-doer-name.ts";

const SHOWN = 200;

/** What there are no hours for, in the order in which it is given up: what must happen comes last. */
export function UnfitList({ shown }: { readonly shown: Shown }) {
  const t = useText("capacity");
  const format = useFormat();
  const nameOf = useDoerName();
  const { touches, unfit } = shown;
  const names = new Map(shown.doers.map((one) => [one.doer, nameOf(one)]));
  if (touches.length === 0)
    return <Empty icon={IconCircleCheck} title={t("allFits")} text={t("allFitsText")} />;
  return (
    <>
      <Text size="sm" c="dimmed">
        {t("unfitIntro", {
          count: unfit.touches,
          hours: format.hours(unfit.minutes),
          money: format.money(unfit.revenue),
          accounts: unfit.accounts,
        })}
      </Text>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("account")}</th>
            <th scope="col">{t("touch")}</th>
            <th scope="col">{t("who")}</th>
            <th scope="col">{t("level")}</th>
            <th scope="col">{t("due")}</th>
            <th scope="col" className="number">
              {t("minutes")}
            </th>
            <th scope="col" className="number">
              {t("revenue")}
            </th>
          </tr>
        </thead>
        <tbody>
          {touches.slice(0, SHOWN).map((one) => (
            <tr key={one.id} data-row={one.id}>
              <th scope="row">
                <AccountLink id={one.account} name={one.account_name} />
              </th>
              <td>
                {one.title} {one.must && <Badge color="red">{t("must")}</Badge>}
              </td>
              <td>{names.get(one.doer) ?? one.doer}</td>
              <td>{one.level ?? "–"}</td>
              <td>{format.shortDay(one.due)}</td>
              <td className="number">{format.minutes(one.minutes)}</td>
              <td className="number">{one.revenue === null ? "–" : format.money(one.revenue)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {unfit.touches > Math.min(SHOWN, touches.length) && (
        <Text size="xs" c="dimmed">
          {t("firstOf", { count: Math.min(SHOWN, touches.length), all: unfit.touches })}
        </Text>
      )}
    </>
  );
}
