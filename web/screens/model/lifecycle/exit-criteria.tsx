import { Stack, Text, Title } from "@mantine/core";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { RuleText } from "../levels/rule-text.tsx";
import { useModelSearch } from "../use-model-search.ts";
import type { Flow } from "./stage-flow.tsx";

/** Of each stage that one leaves by criteria: which is open for how many of the overdue accounts. */
export function ExitCriteria({ flow }: { readonly flow: Flow }) {
  const t = useText("model");
  const format = useFormat();
  const [, change] = useModelSearch();
  const stages = flow.stages.filter(({ criteria }) => criteria.length > 0);
  if (stages.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2}>{t("criteria")}</Title>
      <Text size="sm" c="dimmed">
        {t("criteriaText")}
      </Text>
      <ScrollPanel label={t("criteria")}>
        <table className="model-grid">
          <thead>
            <tr>
              <th scope="col">{t("stage")}</th>
              <th scope="col">{t("criterion")}</th>
              <th scope="col">{t("rule")}</th>
              <th scope="col" className="num">
                {t("openFor")}
              </th>
              <th scope="col" className="num" style={{ whiteSpace: "normal", maxWidth: 90 }}>
                {t("unknownFor")}
              </th>
            </tr>
          </thead>
          <tbody>
            {stages.flatMap((stage) =>
              stage.criteria.map((criterion, index) => (
                <tr key={`${stage.name} ${criterion.name}`}>
                  <td>{index === 0 ? stage.name : ""}</td>
                  <th scope="row" style={{ fontWeight: 500, minWidth: 130, whiteSpace: "normal" }}>
                    {criterion.name}
                  </th>
                  <td style={{ minWidth: 190 }}>
                    <RuleText
                      of={criterion.name}
                      text={criterion.rule}
                      path={["lifecycle", "stages", stage.name, "exit", criterion.name]}
                    />
                  </td>
                  <td className="num">
                    {criterion.open === 0 ? (
                      0
                    ) : (
                      <button
                        type="button"
                        className="link-button"
                        aria-label={t("openIn", {
                          count: criterion.open,
                          criterion: criterion.name,
                        })}
                        onClick={() =>
                          change({ stage: stage.name, criterion: criterion.name }, { push: true })
                        }
                      >
                        {t("ofOverdue", {
                          open: format.number(criterion.open),
                          overdue: format.number(stage.overdue),
                        })}
                      </button>
                    )}
                  </td>
                  <td className="num">
                    {criterion.unknown === 0 ? "–" : format.number(criterion.unknown)}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </ScrollPanel>
    </Stack>
  );
}
