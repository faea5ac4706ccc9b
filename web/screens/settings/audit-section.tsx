import { Button, Group, Table, Text, TextInput } from "@mantine/core";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { given } from "../../lib/given.ts";
import { usePages } from "../../lib/pages.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { AccountPicker } from "../../ui/account-picker.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconHistory } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { SectionHead } from "./section-head.tsx";
import type { SettingsSearch } from "./settings-search.ts";
import { useSettingsSearch } from "./use-settings-search.ts";

const DAY_MS = 86_400_000;

/** What people changed by hand, who and why. */
export function AuditSection() {
  const t = useText("settings");
  const format = useFormat();
  const [{ by, what, account, from, to }] = useSettingsSearch();
  const list = usePages(["audit", by, what, account, from, to], (cursor, signal) =>
    ask(
      api.GET("/api/audit", {
        params: {
          query: {
            ...given({
              cursor,
              by,
              what,
              account,
              from: from === undefined ? undefined : `${from}T00:00:00Z`,
              // the day itself belongs to it
              to:
                to === undefined
                  ? undefined
                  : new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS).toISOString(),
            }),
            limit: 50,
          },
        },
        signal,
      }),
    ),
  );
  return (
    <>
      <SectionHead title={t("section_audit")} text={t("auditText")} />
      <Filters />
      {list.error ? (
        <Failed error={list.error} retry={list.retry} />
      ) : !list.items ? (
        <Loading lines={8} />
      ) : list.items.length === 0 ? (
        <Empty icon={IconHistory} title={t("noAudit")} />
      ) : (
        <Table.ScrollContainer minWidth={760}>
          <Table verticalSpacing={6} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("when")}</Table.Th>
                <Table.Th>{t("who")}</Table.Th>
                <Table.Th>{t("whatDone")}</Table.Th>
                <Table.Th>{t("account")}</Table.Th>
                <Table.Th>{t("whyDone")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.items.map((one, place) => (
                <Table.Tr key={`${one.at} ${one.what} ${place}`}>
                  <Table.Td className="tabular" style={{ whiteSpace: "nowrap" }}>
                    {format.instant(one.at)}
                  </Table.Td>
                  <Table.Td>{one.by ?? t("bySystem")}</Table.Td>
                  <Table.Td maw={320}>
                    <Text size="sm" fw={550}>
                      {one.what}
                    </Text>
                    <Text size="xs" c="dimmed" lineClamp={2} title={detailsText(one.details)}>
                      {detailsText(one.details)}
                    </Text>
                  </Table.Td>
                  <Table.Td maw={160}>
                    {one.account === null ? "–" : <AccountLink id={one.account} name={null} />}
                  </Table.Td>
                  <Table.Td maw={280}>{one.reason ?? "–"}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <MoreRows list={list} />
    </>
  );
}

const NONE: SettingsSearch = {
  by: undefined,
  what: undefined,
  account: undefined,
  from: undefined,
  to: undefined,
};

function Filters() {
  const t = useText("settings");
  const [search, change] = useSettingsSearch();
  const { by, what, account, from, to } = search;
  const isAny = [by, what, account, from, to].some((one) => one !== undefined);
  const typed = (key: "by" | "what", label: string) => (
    <TextInput
      key={`${key} ${search[key] ?? ""}`}
      aria-label={label}
      placeholder={label}
      defaultValue={search[key] ?? ""}
      onBlur={(event) => {
        const text = event.currentTarget.value.trim() || undefined;
        if (text !== search[key]) change({ [key]: text });
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") change({ [key]: event.currentTarget.value.trim() || undefined });
      }}
      w={150}
    />
  );
  const day = (key: "from" | "to", label: string) => (
    <TextInput
      type="date"
      aria-label={label}
      value={search[key] ?? ""}
      onChange={(event) => change({ [key]: event.currentTarget.value || undefined })}
      w={135}
    />
  );
  return (
    <Group gap="xs" mb="sm" role="search" aria-label={t("filters")}>
      {typed("by", t("who"))}
      {typed("what", t("whatDone"))}
      <AccountPicker
        label={t("account")}
        isLabelHidden
        value={account}
        onChange={(one) => change({ account: one })}
        w={180}
      />
      {day("from", t("fromDay"))}
      {day("to", t("toDay"))}
      {isAny && (
        <Button variant="subtle" color="gray" onClick={() => change(NONE)}>
          {t("clearFilters")}
        </Button>
      )}
    </Group>
  );
}

function detailsText(details: unknown): string {
  if (typeof details !== "object" || details === null) return "";
  return Object.entries(details)
    .map(
      ([name, value]) =>
        `${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
    )
    .join(" · ");
}
