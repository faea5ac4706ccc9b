import { Alert, Button, Group, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useLive } from "../../lib/live.ts";
import { useMe } from "../../lib/me.ts";
import { pausesQuery } from "../../lib/pauses.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconPlayerPause, IconPlayerPlay } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { CHANNELS } from "./outbox-search.ts";

type Scope = "all" | "channel" | "program";

/** What is held back on purpose, and by whom; holding and letting go. */
export function PausesPanel() {
  const t = useText("outbox");
  const me = useMe();
  const format = useFormat();
  const pauses = useQuery(pausesQuery);
  useLive(["pauses"], [pausesQuery.queryKey]);
  const resume = useAct({
    run: (what: { readonly scope: Scope; readonly name: string }, key) =>
      ask(api.POST("/api/pauses/resume", { body: what, headers: idempotent(key) })),
    optimistic: ({ scope, name }, change) =>
      change<{ items: { scope: string; name: string }[] }>(pausesQuery.queryKey, (data) => ({
        ...data,
        items: data.items.filter((one) => one.scope !== scope || one.name !== name),
      })),
    refresh: [pausesQuery.queryKey],
  });
  if (pauses.error) return <Failed error={pauses.error} retry={() => void pauses.refetch()} />;
  if (!pauses.data) return <Loading lines={3} />;
  const { items } = pauses.data;
  return (
    <Stack gap="lg" maw={860}>
      {me.may("ops") && <NewPause />}
      {items.length === 0 ? (
        <Empty icon={IconPlayerPlay} title={t("nothingPaused")} text={t("nothingPausedText")} />
      ) : (
        <Table verticalSpacing={8} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("paused")}</Table.Th>
              <Table.Th>{t("since")}</Table.Th>
              <Table.Th>{t("by")}</Table.Th>
              <Table.Th>{t("reason")}</Table.Th>
              <Table.Th aria-label={t("resume")} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map(({ scope, name, since, by, reason }) => (
              <Table.Tr key={`${scope} ${name}`}>
                <Table.Td fw={550}>
                  {scope === "all" ? t("scope_all") : `${t(`scope_${scope}`)}: ${name}`}
                </Table.Td>
                <Table.Td className="tabular">{format.instant(since)}</Table.Td>
                <Table.Td>{by ?? "–"}</Table.Td>
                <Table.Td>{reason ?? "–"}</Table.Td>
                <Table.Td ta="right">
                  {me.may("ops") && (
                    <Button
                      variant="default"
                      leftSection={<IconPlayerPlay size={14} aria-hidden />}
                      onClick={() => resume.act({ scope, name })}
                    >
                      {t("resume")}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Alert color="gray" variant="outline">
        {t("pauseMeaning")}
      </Alert>
    </Stack>
  );
}

function NewPause() {
  const t = useText("outbox");
  const [scope, setScope] = useState<Scope>("channel");
  const [name, setName] = useState("email");
  const [reason, setReason] = useState("");
  const pause = useAct({
    run: (_: void, key) =>
      ask(
        api.POST("/api/pauses", {
          body: { scope, name: scope === "all" ? "" : name.trim(), reason },
          headers: idempotent(key),
        }),
      ),
    refresh: [pausesQuery.queryKey],
    onDone: () => setReason(""),
  });
  const isReady = reason.trim() !== "" && (scope === "all" || name.trim() !== "");
  return (
    <form
      aria-label={t("newPause")}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) pause.act();
      }}
    >
      <Text fw={600} mb={6}>
        {t("newPause")}
      </Text>
      <Group gap="xs" align="flex-end">
        <Select
          label={t("what")}
          data={(["all", "channel", "program"] as const).map((one) => ({
            value: one,
            label: t(`scope_${one}`),
          }))}
          value={scope}
          onChange={(one) => {
            const next = one ?? "channel";
            setScope(next);
            setName(next === "channel" ? "email" : "");
          }}
          allowDeselect={false}
          w={140}
        />
        {scope === "channel" && (
          <Select
            label={t("channel")}
            data={CHANNELS.map((one) => ({ value: one, label: t(`channel_${one}`) }))}
            value={name}
            onChange={(one) => setName(one ?? "email")}
            allowDeselect={false}
            w={150}
          />
        )}
        {scope === "program" && (
          <TextInput
            label={t("program")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            w={170}
          />
        )}
        <TextInput
          label={t("reason")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          flex={1}
          miw={180}
          required
        />
        <Button
          type="submit"
          leftSection={<IconPlayerPause size={14} aria-hidden />}
          disabled={!isReady}
          loading={pause.isBusy}
        >
          {t("pause")}
        </Button>
      </Group>
    </form>
  );
}
