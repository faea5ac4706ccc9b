import { Badge, Drawer, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../../lib/api.ts";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { AccountLink } from "../../../ui/account-link.tsx";
import { Failed } from "../../../ui/failed.tsx";
import { Loading } from "../../../ui/loading.tsx";

interface StuckAccountsProps {
  readonly stage: string;
  readonly criterion: string | undefined;
  readonly onClose: () => void;
}

/** The accounts that are late, and what each still lacks. */
export function StuckAccounts({ stage, criterion, onClose }: StuckAccountsProps) {
  const t = useText("model");
  const format = useFormat();
  const stuck = useQuery({
    queryKey: ["lifecycle", "stuck", stage, criterion],
    queryFn: () =>
      ask(
        api.GET("/api/lifecycle/{stage}/stuck", {
          params: { path: { stage }, query: criterion === undefined ? {} : { criterion } },
        }),
      ),
  });
  const title =
    criterion === undefined ? t("stuckIn", { stage }) : t("stuckFor", { stage, criterion });
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={title}>
      {stuck.error ? (
        <Failed error={stuck.error} />
      ) : !stuck.data ? (
        <Loading />
      ) : (
        <Stack gap={0}>
          <Text size="sm" c="dimmed" mb="xs">
            {t("stuckCount", { count: stuck.data.total })}
          </Text>
          {stuck.data.items.map((one) => (
            <div key={one.id} className="stuck-account">
              <Group justify="space-between" wrap="nowrap" gap="sm">
                <AccountLink id={one.id} name={one.name} />
                <Text size="sm" className="tabular" style={{ whiteSpace: "nowrap" }}>
                  {one.revenue === null ? "–" : format.shortMoney(one.revenue)} ·{" "}
                  {t("days", { count: one.days })}
                </Text>
              </Group>
              <Group gap={4} mt={4}>
                {one.open.map(({ name, met }) => (
                  <Badge key={name} color={met === null ? "gray" : "yellow"} variant="light">
                    {met === null ? t("isUnknown", { name }) : name}
                  </Badge>
                ))}
              </Group>
            </div>
          ))}
        </Stack>
      )}
    </Drawer>
  );
}
