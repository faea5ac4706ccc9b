import { Button, Group, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useFormat } from "../../lib/format.ts";
import { useLive } from "../../lib/live.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { Definition } from "../../ui/figure.tsx";
import { IconDownload, IconFilter } from "../../ui/icons.ts";
import { later, useEver, usePreload } from "../../ui/later.tsx";
import { NoAccounts } from "../../ui/no-accounts.tsx";
import { Page } from "../../ui/page.tsx";
import { AccountGrid } from "./account-grid.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { columnsToAsk, readWidths, usualColumns, writeWidths } from "./column-choice.ts";
import { ColumnsMenu } from "./columns-menu.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { onlyWith } from "./only-with.ts";
import { columnsQuery, exportAddress, viewsQuery, windowQuery, WINDOW } from "./portfolio-data.ts";
import {
  type AccountFilter,
  filterOf,
  isFiltered,
  type PortfolioSearch,
  searchOfView,
} from "./portfolio-search.ts";
import { useSelection } from "./selection.ts";
import type { Windows } from "./use-windows.ts";
import { useOwnerName } from "./use-owner-name.ts";
import { ViewsMenu } from "./views-menu.tsx";

const PreviewDrawer = later(async () => (await import("./preview-drawer.tsx")).PreviewDrawer);

const route = getRouteApi("/portfolio");

/** All accounts: found, put in order, looked at, and changed many at once. */
export function PortfolioScreen() {
  const t = useText("portfolio");
  // what is the same in it stays the same object
  const search = route.useSearch({ structuralSharing: true });
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const described = useQuery(columnsQuery);
  const ownerName = useOwnerName();
  useLive(["accounts", "touches", "models"], [["portfolio"]]);
  useDefaultView(search, (view) => void navigate({ search: view, replace: true }));

  const change = useCallback(
    (more: PortfolioSearch, replace = false) =>
      void navigate({ search: (before) => ({ ...before, ...more }), replace }),
    [navigate],
  );
  const filter = useMemo(() => filterOf(search), [search]);
  const setFilter = useCallback(
    (next: AccountFilter) => change({ ...EMPTY, ...next }, true),
    [change],
  );
  const shown = useMemo(
    () => search.columns ?? (described.data ? usualColumns(described.data) : []),
    [search.columns, described.data],
  );
  const only = useCallback(
    (column: string, value: string | boolean | null) =>
      void navigate({
        search: (before) => ({ ...before, ...EMPTY, ...onlyWith(filterOf(before), column, value) }),
        replace: true,
      }),
    [navigate],
  );
  const asked = useMemo(
    () => ({ filter, sort: search.sort ?? "name", columns: columnsToAsk(shown) }),
    [filter, search.sort, shown],
  );
  const specs = useMemo(
    () => new Map((described.data?.columns ?? []).map((one) => [one.name, one])),
    [described.data],
  );
  const widths = useMemo(() => readWidths(search.widths), [search.widths]);
  const wasPreviewed = useEver(search.open !== undefined);
  usePreload(PreviewDrawer);
  const selection = useSelection(JSON.stringify(filter));

  const exported = exportAddress({ ...asked, columns: shown });
  useOfferCommands([
    { label: t("export"), run: () => window.location.assign(exported) },
    ...(isFiltered(filter) ? [{ label: t("clear"), run: () => setFilter({}) }] : []),
  ]);

  if (described.error)
    return <Failed error={described.error} retry={() => void described.refetch()} />;
  return (
    <Page
      isFull
      title={t("title")}
      actions={
        <>
          <ViewsMenu search={search} onOpen={(next) => void navigate({ search: next })} />
          <ColumnsMenu
            all={described.data?.columns ?? []}
            shown={shown}
            onChange={(columns) => change({ columns }, true)}
          />
          <Button
            component="a"
            href={exported}
            download
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            {t("export")}
          </Button>
        </>
      }
    >
      <FilterBar
        filter={filter}
        described={described.data}
        ownerName={ownerName}
        onChange={setFilter}
      />
      <AccountGrid
        asked={asked}
        shown={shown}
        specs={specs}
        widths={widths}
        selection={selection}
        ownerName={ownerName}
        onSort={(column) => change({ sort: nextSort(search.sort ?? "name", column) }, true)}
        onOnly={only}
        onOpen={(id) => void navigate({ to: "/accounts/$account", params: { account: id } })}
        onPreview={(open) => change({ open }, true)}
        onWidth={(column, width) => {
          const next = new Map(widths);
          if (width === null) next.delete(column);
          else next.set(column, width);
          change({ widths: writeWidths(next) }, true);
        }}
        idsOf={async (from, to) => {
          const ids: string[] = [];
          for (let window = Math.floor(from / WINDOW); window * WINDOW <= to; window++) {
            const page = await queries.query({
              ...windowQuery(asked, window),
              staleTime: "static",
            });
            const start = window * WINDOW;
            ids.push(
              ...page.items
                .filter((_, n) => start + n >= from && start + n <= to)
                .map(({ id }) => id),
            );
          }
          return ids;
        }}
        empty={
          isFiltered(filter) ? (
            <Empty icon={IconFilter} title={t("noneMatch")} text={t("noneMatchText")}>
              <Button variant="default" onClick={() => setFilter({})}>
                {t("clear")}
              </Button>
            </Empty>
          ) : (
            <NoAccounts />
          )
        }
      >
        {(windows) => (
          <>
            <Totals windows={windows} />
            <BulkBar selection={selection} filter={filter} total={windows.total ?? 0} />
          </>
        )}
      </AccountGrid>
      {wasPreviewed && (
        <PreviewDrawer
          id={search.open}
          ownerName={ownerName}
          onClose={() => change({ open: undefined }, true)}
        />
      )}
    </Page>
  );
}

const EMPTY: AccountFilter = {
  q: undefined,
  where: undefined,
  level: undefined,
  stage: undefined,
  band: undefined,
  owner: undefined,
  segment: undefined,
  renewal: undefined,
};

function Totals({ windows }: { readonly windows: Windows }) {
  const t = useText("portfolio");
  const format = useFormat();
  const { total, revenue, loading, error } = windows;
  if (error) return <Failed error={error} retry={windows.retry} />;
  return (
    <Group gap={6} mih={18} wrap="nowrap">
      <Text size="sm" className="tabular" aria-live="polite">
        {total === null
          ? loading
            ? t("loadingBook", {
                percent: format.percent(loading.of === 0 ? 0 : loading.loaded / loading.of),
              })
            : t("counting")
          : t("count", { count: total, accounts: format.number(total, 0) })}
      </Text>
      {revenue !== null && (
        <>
          <Text size="sm" c="dimmed" className="tabular">
            · {format.money(revenue)}
          </Text>
          <Definition of={t("revenue")}>{t("revenueMeans")}</Definition>
        </>
      )}
    </Group>
  );
}

/** Up, down, and as it was. */
function nextSort(sort: string | undefined, column: string): string | undefined {
  if (sort === column) return `-${column}`;
  return sort === `-${column}` ? undefined : column;
}

/** Whoever comes without saying what they want gets the view that they have chosen. */
function useDefaultView(search: PortfolioSearch, open: (view: PortfolioSearch) => void): void {
  const views = useQuery(viewsQuery);
  const wasAsked = useRef(false);
  const isBare = Object.values(search).every((value) => value === undefined);
  useEffect(() => {
    if (wasAsked.current || !views.data) return;
    wasAsked.current = true;
    const chosen = views.data.items.find((view) => view.is_default);
    if (isBare && chosen) open(searchOfView(chosen.id, chosen.content));
  }, [views.data, isBare, open]);
}
