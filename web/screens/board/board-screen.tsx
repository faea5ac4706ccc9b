import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useLive } from "../../lib/live.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconLayoutKanban } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { NoAccounts } from "../../ui/no-accounts.tsx";
import { Page } from "../../ui/page.tsx";
import { FilterBar } from "../portfolio/filter-bar.tsx";
import { columnsQuery, facetsQuery } from "../portfolio/portfolio-data.ts";
import { type AccountFilter, filterOf, isFiltered } from "../portfolio/portfolio-search.ts";
import { PreviewDrawer } from "../portfolio/preview-drawer.tsx";
import { useOwnerName } from "../portfolio/use-owner-name.ts";
import { BoardColumn } from "./board-column.tsx";
import { type Moving, StageDialog } from "./stage-dialog.tsx";
import "./board.css";

const route = getRouteApi("/board");

/** The lifecycle as columns: who stands where, what is still open, who has been there too long. */
export function BoardScreen() {
  const t = useText("board");
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const described = useQuery(columnsQuery);
  const ownerName = useOwnerName();
  const [moving, setMoving] = useState<Moving | null>(null);
  useLive(["accounts", "models"], [["portfolio"]]);
  // the columns are the stages
  const filter = useMemo(() => ({ ...filterOf(search), stage: undefined }), [search]);
  const facets = useQuery(facetsQuery(filter));
  const setFilter = useCallback(
    (next: AccountFilter) =>
      void navigate({ search: (before) => ({ open: before.open, ...next }), replace: true }),
    [navigate],
  );
  const open = (id: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, open: id }), replace: true });
  const stages = described.data?.stages ?? [];
  const problem = described.error ?? facets.error;
  const isEmptyBook = facets.data?.total === 0 && !isFiltered(filter);
  const isShown = stages.length > 0 && !isEmptyBook;
  return (
    <Page
      isFull
      title={t("title")}
      about={
        facets.data &&
        t("count", { count: facets.data.total, accounts: format.number(facets.data.total, 0) })
      }
    >
      <FilterBar
        filter={filter}
        described={described.data}
        ownerName={ownerName}
        without={["stage"]}
        onChange={setFilter}
      />
      {problem && <Failed error={problem} retry={() => void facets.refetch()} />}
      {!described.data && !problem && <Loading lines={8} height={60} />}
      {isEmptyBook && <NoAccounts />}
      {described.data && stages.length === 0 && !isEmptyBook && (
        <Empty icon={IconLayoutKanban} title={t("noStages")} text={t("noStagesText")}>
          <Button
            component={Link}
            {...({ to: "/model", search: { tab: "lifecycle" } } as object)}
            variant="default"
          >
            {t("openModel")}
          </Button>
        </Empty>
      )}
      {isShown && !problem && (
        <div className="board">
          {stages.map((stage) => (
            <BoardColumn
              key={stage.name}
              stage={stage}
              share={facets.data?.stages.find(({ value }) => value === stage.name)}
              isCounted={facets.data !== undefined}
              filter={filter}
              ownerName={ownerName}
              moving={moving}
              stages={stages.map(({ name }) => name)}
              onOpen={open}
              onMove={setMoving}
            />
          ))}
        </div>
      )}
      {isShown && (
        <Text size="xs" c="dimmed">
          {t("how")}
        </Text>
      )}
      <StageDialog moving={moving} onClose={() => setMoving(null)} />
      <PreviewDrawer id={search.open} ownerName={ownerName} onClose={() => open(undefined)} />
    </Page>
  );
}
