import { Button, Group, Select, Stack, Table, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { IconAlertTriangle, IconCheck } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { type FirstRunChoice, useChoose, useNeeds } from "./first-run.ts";

interface FactsStepProps {
  readonly choice: FirstRunChoice;
  readonly onDone: () => void;
}

/** Which facts the model's rules ask for, which of them are here, and what is missing without them. */
export function FactsStep({ choice, onDone }: FactsStepProps) {
  const t = useText("welcome");
  const format = useFormat();
  const needs = useNeeds(choice.template);
  const choose = useChoose();
  if (needs.error) return <Failed error={needs.error} retry={() => void needs.refetch()} />;
  if (!needs.data) return <Loading lines={8} />;
  const { traits, events, accounts, spare_traits, spare_events } = needs.data;
  const known = traits.filter((one) => one.accounts > 0).length;
  const rename = (of: "traits" | "events", from: string, to: string | null) => {
    const { [from]: _, ...rest } = choice[of] ?? {};
    choose.act({ ...choice, [of]: to === null ? rest : { ...rest, [from]: to } });
  };
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm" c="dimmed" maw={640}>
          {t("factsText", { known, total: traits.length })}
        </Text>
        <Button onClick={onDone}>{t("goOn")}</Button>
      </Group>
      <Table.ScrollContainer minWidth={760}>
        <Table verticalSpacing={6} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("fact")}</Table.Th>
              <Table.Th>{t("here")}</Table.Th>
              <Table.Th w={210}>{t("comesFrom")}</Table.Th>
              <Table.Th>{t("askedBy")}</Table.Th>
              <Table.Th>{t("without")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {traits.map((one) => {
              const isHere = one.accounts > 0;
              const options = [...new Set([one.trait, ...spare_traits])];
              return (
                <Table.Tr key={one.fact}>
                  <Table.Td>
                    <Text size="sm" fw={550}>
                      {one.fact}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {one.values.length > 0
                        ? one.values.join(", ")
                        : t(`type_${one.type}` as "type_number")}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Here
                      isHere={isHere}
                      text={
                        isHere ? format.percent(one.accounts / Math.max(1, accounts)) : t("notHere")
                      }
                    />
                  </Table.Td>
                  <Table.Td>
                    <Select
                      aria-label={t("comesFromOf", { fact: one.fact })}
                      data={options}
                      value={one.trait}
                      onChange={(to) =>
                        rename("traits", one.fact, to === null || to === one.fact ? null : to)
                      }
                      disabled={options.length < 2}
                      searchable
                      allowDeselect={false}
                      size="xs"
                      {...(one.meant === null
                        ? {}
                        : { description: t("meant", { name: one.meant }) })}
                    />
                  </Table.Td>
                  <Table.Td>
                    <Uses uses={one.uses} />
                  </Table.Td>
                  <Table.Td maw={240}>
                    <Text size="xs" c="dimmed">
                      {isHere ? "" : withoutText(one.without, one.default, t)}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              );
            })}
            {events.map((one) => (
              <Table.Tr key={`event ${one.event}`}>
                <Table.Td>
                  <Text size="sm" fw={550}>
                    {one.event}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {t("anEvent")}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Here
                    isHere={one.events > 0}
                    text={one.events > 0 ? format.number(one.events) : t("notHere")}
                  />
                </Table.Td>
                <Table.Td>
                  {spare_events.length > 0 ? (
                    <Select
                      aria-label={t("comesFromOf", { fact: one.event })}
                      data={[...new Set([one.event, ...spare_events])]}
                      value={one.event}
                      onChange={(to) => {
                        // what the template calls it, whatever it is called by now
                        const from =
                          Object.entries(choice.events ?? {}).find(
                            ([, name]) => name === one.event,
                          )?.[0] ?? one.event;
                        rename("events", from, to === null || to === from ? null : to);
                      }}
                      searchable
                      allowDeselect={false}
                      size="xs"
                    />
                  ) : (
                    <Text size="xs" c="dimmed">
                      {one.event}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Uses uses={one.uses} />
                </Table.Td>
                <Table.Td maw={240}>
                  <Text size="xs" c="dimmed">
                    {one.events > 0 ? "" : (one.without ?? t("withoutEvent"))}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

function withoutText(
  without: string | null,
  fallback: string | number | boolean | null,
  t: ReturnType<typeof useText<"welcome">>,
): string {
  if (fallback !== null) return t("withoutDefault", { value: String(fallback) });
  return without ?? t("withoutUnknown");
}

function Here({ isHere, text }: { readonly isHere: boolean; readonly text: string }) {
  return (
    <Group gap={6} wrap="nowrap">
      {isHere ? (
        <IconCheck size={14} aria-hidden color="var(--ts-green)" />
      ) : (
        <IconAlertTriangle size={14} aria-hidden color="var(--ts-yellow)" />
      )}
      <Text size="sm" className="tabular">
        {text}
      </Text>
    </Group>
  );
}

const MOST_USES = 3;

/** The parts of the model that ask for it, the first few by name. */
function Uses({ uses }: { readonly uses: readonly { block: string; name: string }[] }) {
  const t = useText("welcome");
  const blocks = new Map<string, string[]>();
  for (const { block, name } of uses) blocks.set(block, [...(blocks.get(block) ?? []), name]);
  const text = [...blocks].map(([block, names]) => {
    const shown = names.slice(0, MOST_USES).join(", ");
    const more = names.length > MOST_USES ? ` +${names.length - MOST_USES}` : "";
    return `${t(`block_${block}` as "block_health")}: ${shown}${more}`;
  });
  return (
    <Text size="xs" c="dimmed" maw={260}>
      {text.join(" · ") || t("shownOnly")}
    </Text>
  );
}
