import { Button, Group, Table, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { given } from "../../lib/given.ts";
import { usePages } from "../../lib/pages.ts";
import { tell } from "../../lib/tell.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconMail } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { SectionHead } from "./section-head.tsx";

const KEY = ["suppressions"] as const;
const SHOWN = 12;

/** Addresses that are not written to. Only their fingerprints are kept, so one is looked up by itself. */
export function SuppressionsSection() {
  const t = useText("settings");
  const format = useFormat();
  const [email, setEmail] = useState("");
  const [asked, setAsked] = useState<string | undefined>(undefined);
  const [reason, setReason] = useState("");
  const list = usePages([...KEY, asked], (cursor, signal) =>
    ask(
      api.GET("/api/suppressions", {
        params: { query: { ...given({ cursor, email: asked }), limit: 50 } },
        signal,
      }),
    ),
  );
  const lift = useAct({
    run: (_: void, key) =>
      ask(
        api.POST("/api/suppressions/lift", {
          body: { email: asked ?? "", reason },
          headers: idempotent(key),
        }),
      ),
    refresh: [KEY],
    onDone: ({ lifted }) => {
      setReason("");
      tell({ message: t("lifted", { channels: lifted.join(", ") || "–" }) });
    },
  });
  return (
    <>
      <SectionHead title={t("section_suppressions")} text={t("suppressionsText")} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(email.trim() === "" ? undefined : email.trim());
        }}
      >
        <Group gap="xs" mb="md" align="flex-end">
          <TextInput
            label={t("lookUp")}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            w={280}
          />
          <Button type="submit" variant="default">
            {t("look")}
          </Button>
        </Group>
      </form>
      {list.error ? (
        <Failed error={list.error} retry={list.retry} />
      ) : !list.items ? (
        <Loading />
      ) : list.items.length === 0 ? (
        <Empty
          icon={IconMail}
          title={t(asked === undefined ? "noSuppressions" : "notSuppressed")}
        />
      ) : (
        <>
          {asked !== undefined && (
            <Group gap="xs" mb="md" align="flex-end">
              <TextInput
                label={t("liftReason")}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
                w={360}
              />
              <Button
                disabled={reason.trim() === ""}
                loading={lift.isBusy}
                onClick={() => lift.act()}
              >
                {t("lift", { email: asked })}
              </Button>
            </Group>
          )}
          <Table verticalSpacing={6} fz="sm" maw={720}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("fingerprint")}</Table.Th>
                <Table.Th>{t("channel")}</Table.Th>
                <Table.Th>{t("whyDone")}</Table.Th>
                <Table.Th>{t("since")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.items.map((one) => (
                <Table.Tr key={`${one.address} ${one.channel}`}>
                  <Table.Td>
                    <Text size="xs" ff="monospace" title={one.address}>
                      {one.address.slice(0, SHOWN)}…
                    </Text>
                  </Table.Td>
                  <Table.Td>{one.channel}</Table.Td>
                  <Table.Td>{one.reason}</Table.Td>
                  <Table.Td className="tabular">{format.instant(one.since)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <MoreRows list={list} />
        </>
      )}
    </>
  );
}
