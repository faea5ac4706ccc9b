import { Stack, Text, Title } from "@mantine/core";
import { describeEffect } from "../../../../src/core/model/describe-effect.ts";
import { useText } from "../../../text/text.ts";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { useBench } from "../bench-context.ts";
import { durationText } from "../duration-words.ts";
import { EditCell } from "./edit-cell.tsx";
import { RuleText } from "./rule-text.tsx";

/** What moves an account away from its base level, from top to bottom. */
export function LevelAdjustments() {
  const t = useText("model");
  const { checked } = useBench();
  const touch = checked.model?.touch;
  if (!touch) return null;
  return (
    <Stack gap="xs">
      <Title order={2}>{t("adjustments")}</Title>
      {touch.adjust.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("noAdjustments")}
        </Text>
      ) : (
        <ScrollPanel label={t("adjustments")}>
          <table className="model-grid">
            <thead>
              <tr>
                <th scope="col">{t("adjustment")}</th>
                <th scope="col">{t("when")}</th>
                <th scope="col">{t("effect")}</th>
                <th scope="col">{t("keeps")}</th>
              </tr>
            </thead>
            <tbody>
              {touch.adjust.map(({ name, when, effect, keep }, index) => (
                <tr key={name}>
                  <th scope="row" style={{ fontWeight: 500 }}>
                    {name}
                  </th>
                  <td>
                    <RuleText
                      of={name}
                      text={when.text}
                      path={["touch", "adjust", index, "when"]}
                    />
                  </td>
                  <td style={{ whiteSpace: "nowrap" }}>{describeEffect(effect)}</td>
                  <td>
                    <EditCell
                      label={t("cellOf", { what: t("keeps"), level: name })}
                      path={["touch", "adjust", index, "keep"]}
                      value={keep === undefined ? "" : durationText(keep)}
                      how={{ kind: "duration" }}
                    >
                      {keep === undefined ? "–" : durationText(keep)}
                    </EditCell>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollPanel>
      )}
      <Text
        size="sm"
        c="dimmed"
        component="div"
        style={{ display: "flex", gap: 6, alignItems: "center" }}
      >
        {t("hold")}
        <span style={{ minWidth: 50 }}>
          <EditCell
            label={t("hold")}
            path={["touch", "hold"]}
            value={durationText(touch.hold)}
            how={{ kind: "duration" }}
          >
            {durationText(touch.hold)}
          </EditCell>
        </span>
      </Text>
    </Stack>
  );
}
