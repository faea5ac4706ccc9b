import { Badge, Button, Group, Select, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useMe } from "../../../lib/me.ts";
import { useText } from "../../../text/text.ts";
import { Failed } from "../../../ui/failed.tsx";
import { IconArrowBackUp } from "../../../ui/icons.ts";
import { Loading } from "../../../ui/loading.tsx";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { useBench } from "../bench-context.ts";
import { changesQuery, versionsQuery } from "../model-queries.ts";
import { useModelSearch } from "../use-model-search.ts";
import { RollbackDialog } from "./rollback-dialog.tsx";
import { VersionDifference } from "./version-difference.tsx";

/** What went live when, by whom and why; any two versions compared; the way back. */
export function HistoryView() {
  const t = useText("model");
  const format = useFormat();
  const me = useMe();
  const { bench } = useBench();
  const [search, change] = useModelSearch();
  const [isRollingBack, setRollingBack] = useState(false);
  const changes = useQuery(changesQuery);
  const versions = useQuery(versionsQuery);
  const error = changes.error ?? versions.error;
  if (error) return <Failed error={error} retry={() => void changes.refetch()} />;
  if (!changes.data || !versions.data) return <Loading />;
  const all = versions.data.items;
  const live = all.find((one) => one.live);
  const choices = all.map(({ version, name }) => ({
    value: String(version),
    label: t("versionName", { version, name }),
  }));
  // unless somebody asks for others, what was live before and what is since
  const [newest] = changes.data.items;
  const to = search.to ?? bench.live.version ?? undefined;
  const from =
    search.from ?? newest?.before ?? (to === undefined ? undefined : Math.max(1, to - 1));
  return (
    <Stack gap="lg" pb="lg">
      <Group justify="space-between">
        <Title order={2}>{t("wentLive")}</Title>
        {me.may("ops") && live?.parent !== null && live !== undefined && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={15} aria-hidden />}
            onClick={() => setRollingBack(true)}
          >
            {t("rollBackTo", { version: live.parent })}
          </Button>
        )}
      </Group>
      <ScrollPanel label={t("wentLive")}>
        <table className="model-grid">
          <thead>
            <tr>
              <th scope="col">{t("whenLive")}</th>
              <th scope="col">{t("whatLive")}</th>
              <th scope="col">{t("reason")}</th>
              <th scope="col">{t("by")}</th>
              <th scope="col" className="num">
                {t("differenceShort")}
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.data.items.map(({ at, kind, version, before, by, reason }, index) => (
              <tr key={`${at} ${version} ${kind}`}>
                <td className="tabular" style={{ whiteSpace: "nowrap" }}>
                  {format.instant(at)}
                </td>
                <td>
                  {kind === "apply"
                    ? t("applied", { version })
                    : t("rolledBack", { version, before: before ?? 0 })}{" "}
                  {index === 0 && <Badge color="teal">{t("live")}</Badge>}
                </td>
                <td>{reason ?? "–"}</td>
                <td>{by ?? "–"}</td>
                <td className="num">
                  {before !== null && (
                    <button
                      type="button"
                      className="link-button"
                      aria-label={t("compareOf", { before, version })}
                      onClick={() => change({ from: before, to: version }, { push: true })}
                    >
                      {t("compare")}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
      {from !== undefined && to !== undefined && all.length > 1 && (
        <Stack gap="sm">
          <Title order={2}>{t("difference")}</Title>
          <Group gap="sm" align="flex-end">
            <Select
              label={t("fromVersion")}
              data={choices}
              value={String(from)}
              allowDeselect={false}
              onChange={(one) => change({ from: Number(one), to })}
            />
            <Select
              label={t("toVersion")}
              data={choices}
              value={String(to)}
              allowDeselect={false}
              onChange={(one) => change({ from, to: Number(one) })}
            />
          </Group>
          {from === to ? (
            <Text size="sm" c="dimmed">
              {t("sameVersion")}
            </Text>
          ) : (
            <VersionDifference from={from} to={to} />
          )}
        </Stack>
      )}
      {isRollingBack && <RollbackDialog onClose={() => setRollingBack(false)} />}
    </Stack>
  );
}
