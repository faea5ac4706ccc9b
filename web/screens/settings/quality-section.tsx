import { Anchor, Drawer, Group, Stack, Table, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, ask } from "../../lib/api.ts";
import type { components } from "../../lib/api-types.ts";
import { useFormat } from "../../lib/format.ts";
import { given } from "../../lib/given.ts";
import { useLive } from "../../lib/live.ts";
import { usePages } from "../../lib/pages.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Failed } from "../../ui/failed.tsx";
import { Figure } from "../../ui/figure.tsx";
import { IconAlertTriangle } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { NoAccounts } from "../../ui/no-accounts.tsx";
import { SectionHead } from "./section-head.tsx";
import { useSettingsSearch } from "./use-settings-search.ts";

type Quality = components["schemas"]["DataQuality"];

/** What decisions rest on: which facts are missing for how many, and what has stopped coming in. */
export function QualitySection() {
  const t = useText("settings");
  const [{ gap }, change] = useSettingsSearch();
  const found = useQuery({
    queryKey: ["data-quality"],
    queryFn: () => ask(api.GET("/api/data-quality")),
  });
  useLive(["accounts", "contacts", "imports"], [["data-quality"]]);
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <SectionHead title={t("section_quality")} text={t("qualityText")} />
      {!found.data ? (
        <Loading lines={8} />
      ) : found.data.accounts === 0 ? (
        <NoAccounts />
      ) : (
        <Stack gap="lg">
          <Gaps quality={found.data} />
          <Tabs defaultValue="facts">
            <Tabs.List mb="sm">
              <Tabs.Tab value="facts">{t("factsTab")}</Tabs.Tab>
              <Tabs.Tab value="sources">{t("sourcesTab")}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="facts">
              <Facts quality={found.data} />
            </Tabs.Panel>
            <Tabs.Panel value="sources">
              <Sources quality={found.data} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      )}
      <Drawer
        opened={gap !== undefined}
        onClose={() => change({ gap: undefined })}
        position="right"
        size={520}
        title={<Text fw={600}>{gap === undefined ? "" : t(`gap_${gap}`)}</Text>}
        closeButtonProps={{ "aria-label": t("closePanel") }}
      >
        {gap !== undefined && <GapRows gap={gap} />}
      </Drawer>
    </>
  );
}

function Gaps({ quality }: { readonly quality: Quality }) {
  const t = useText("settings");
  const format = useFormat();
  const { accounts, contacts, without_owner, without_contacts, without_email } = quality;
  const renewal = quality.facts.find(({ fact }) => fact === quality.renewal);
  const share = (part: number, whole: number) =>
    t("shareOf", {
      share: format.percent(whole === 0 ? 0 : part / whole),
      total: format.number(whole),
    });
  return (
    <Group gap={40} align="flex-start">
      <Figure
        label={t("gap_owner")}
        value={format.number(without_owner)}
        note={share(without_owner, accounts)}
        definition={t("gapText_owner")}
        href="/settings?section=quality&gap=owner"
      />
      {renewal && (
        <Figure
          label={t("gap_renewal")}
          value={format.number(renewal.missing)}
          note={share(renewal.missing, renewal.accounts)}
          definition={t("gapText_renewal")}
          href={portfolioWithout(renewal.fact)}
        />
      )}
      <Figure
        label={t("gap_contacts")}
        value={format.number(without_contacts)}
        note={share(without_contacts, accounts)}
        definition={t("gapText_contacts")}
        href="/settings?section=quality&gap=contacts"
      />
      <Figure
        label={t("gap_email")}
        value={format.number(without_email)}
        note={share(without_email, contacts)}
        definition={t("gapText_email")}
        href="/settings?section=quality&gap=email"
      />
    </Group>
  );
}

function portfolioWithout(fact: string): string {
  return `/portfolio?where=${encodeURIComponent(`!known(${fact})`)}`;
}

function Facts({ quality }: { readonly quality: Quality }) {
  const t = useText("settings");
  const format = useFormat();
  const facts = quality.facts.toSorted((a, b) => b.missing - a.missing);
  if (facts.length === 0) return <Text c="dimmed">{t("noFacts")}</Text>;
  return (
    <Table.ScrollContainer minWidth={740}>
      <Table verticalSpacing={6} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("fact")}</Table.Th>
            <Table.Th ta="right">{t("missing")}</Table.Th>
            <Table.Th>{t("source")}</Table.Th>
            <Table.Th>{t("newest")}</Table.Th>
            <Table.Th>{t("usedBy")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {facts.map((one) => (
            <Table.Tr key={one.fact}>
              <Table.Td maw={200}>
                <Text size="sm" fw={550}>
                  {one.fact}
                </Text>
                {(one.hint ?? one.misfit) !== null && (
                  <Text size="xs" c="var(--ts-yellow)">
                    {one.hint ?? one.misfit}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right" className="tabular" style={{ whiteSpace: "nowrap" }}>
                {one.missing === 0 ? (
                  "0"
                ) : (
                  <Anchor href={portfolioWithout(one.fact)} size="sm" c="inherit" underline="hover">
                    {format.number(one.missing)}
                  </Anchor>
                )}{" "}
                <Text span size="xs" c="dimmed">
                  {format.percent(one.accounts === 0 ? 0 : one.missing / one.accounts)}
                </Text>
              </Table.Td>
              <Table.Td maw={240}>
                <Text size="xs" c="dimmed" truncate title={one.source}>
                  {one.source}
                </Text>
              </Table.Td>
              <Table.Td className="tabular" style={{ whiteSpace: "nowrap" }}>
                {one.newest === null ? "–" : format.fromToday(one.newest)}
              </Table.Td>
              <Table.Td maw={220}>
                <Text size="xs" c="dimmed" truncate>
                  {one.uses.map(({ name }) => name).join(", ") || t("shownOnly")}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Sources({ quality }: { readonly quality: Quality }) {
  const t = useText("settings");
  const format = useFormat();
  const sources = quality.sources.toSorted(
    (a, b) => Number(b.stale) - Number(a.stale) || (b.days ?? 1e9) - (a.days ?? 1e9),
  );
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t("staleText", { days: quality.stale_after })}
      </Text>
      <Table.ScrollContainer minWidth={600}>
        <Table verticalSpacing={6} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("source")}</Table.Th>
              <Table.Th>{t("kind")}</Table.Th>
              <Table.Th ta="right">{t("accounts")}</Table.Th>
              <Table.Th>{t("newest")}</Table.Th>
              <Table.Th>{t("state")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sources.map((one) => (
              <Table.Tr key={`${one.kind} ${one.name}`}>
                <Table.Td fw={550} maw={260} style={{ overflowWrap: "anywhere" }}>
                  {one.name}
                </Table.Td>
                <Table.Td>{t(`sourceKind_${one.kind}`)}</Table.Td>
                <Table.Td ta="right" className="tabular">
                  {one.accounts === null ? "–" : format.number(one.accounts)}
                </Table.Td>
                <Table.Td className="tabular">
                  {one.newest === null ? t("never") : format.fromToday(one.newest)}
                </Table.Td>
                <Table.Td>
                  {one.stale && (
                    <Group gap={6} wrap="nowrap">
                      <IconAlertTriangle size={14} color="var(--ts-yellow)" aria-hidden />
                      {t("stale")}
                    </Group>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

/** The accounts, or people, of whom something is missing. */
function GapRows({ gap }: { readonly gap: "owner" | "contacts" | "email" }) {
  const t = useText("settings");
  const list = usePages(["data-quality", "rows", gap], (cursor, signal) =>
    ask(
      api.GET("/api/data-quality/{gap}", {
        params: { path: { gap }, query: { ...given({ cursor }), limit: 100 } },
        signal,
      }),
    ),
  );
  if (list.error) return <Failed error={list.error} retry={list.retry} />;
  if (!list.items) return <Loading />;
  return (
    <Stack gap="xs">
      {gap === "owner" && (
        <Link
          to="/portfolio"
          search={{ owner: "none" } as never}
          style={{ color: "var(--mantine-color-anchor)", fontSize: 13 }}
        >
          {t("inPortfolio")}
        </Link>
      )}
      <Table verticalSpacing={5} fz="sm">
        <Table.Tbody>
          {list.items.map((one) => (
            <Table.Tr key={`${one.account} ${one.contact ?? ""}`}>
              <Table.Td>
                <AccountLink id={one.account} name={one.account_name} />
              </Table.Td>
              <Table.Td>
                <Text size="sm" c="dimmed">
                  {one.contact === null ? (one.owner ?? "") : (one.contact_name ?? one.contact)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <MoreRows list={list} />
    </Stack>
  );
}
