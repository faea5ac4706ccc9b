import { Anchor, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { AccountLink } from "../../../ui/account-link.tsx";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { Arrow } from "../arrow.tsx";
import type { Plan } from "./plan-shape.ts";

const FEW = 12;
const MOST = 400;

/** Each account that moves, with its own values and the two rules. */
export function PlanMoves({ plan }: { readonly plan: Plan }) {
  const t = useText("model");
  const format = useFormat();
  const [isAll, setAll] = useState(false);
  if (plan.moves.length === 0) return null;
  const shown = plan.moves.slice(0, isAll ? MOST : FEW);
  return (
    <Stack gap="xs">
      <Title order={2}>{t("whoMoves")}</Title>
      <ScrollPanel label={t("whoMoves")}>
        <table className="model-grid">
          <thead>
            <tr>
              <th scope="col">{t("account")}</th>
              <th scope="col" className="num">
                {t("revenue")}
              </th>
              <th scope="col">{t("moves")}</th>
              <th scope="col">{t("whyMoves")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ account, name, revenue, reasons }) => (
              <tr key={account}>
                <td style={{ maxWidth: 220 }}>
                  <AccountLink id={account} name={name} />
                </td>
                <td className="num">{revenue === null ? "–" : format.money(revenue)}</td>
                <td>
                  {reasons.map(({ what, from, to }) => (
                    <div key={what} style={{ whiteSpace: "nowrap" }}>
                      <Text span size="xs" c="dimmed">
                        {what.replace("segments.", "").replace("_", " ")}
                      </Text>{" "}
                      {from ?? "–"}
                      <Arrow />
                      {to ?? "–"}
                    </div>
                  ))}
                </td>
                <td>
                  {[...new Set(reasons.map(({ why }) => why))].map((why) => (
                    <div key={why}>{why}</div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
      {plan.moves.length > FEW && (
        <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setAll(!isAll)}>
          {isAll ? t("showFewer") : t("showAll", { count: plan.moves.length })}
        </Anchor>
      )}
    </Stack>
  );
}
