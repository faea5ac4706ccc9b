import { Button, Drawer, Stack, Text } from "@mantine/core";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { given } from "../../lib/given.ts";
import { usePages } from "../../lib/pages.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import { readRows, type Rows } from "./rows.ts";
import { useNames } from "./use-names.ts";
import { useOverviewView } from "./use-overview.ts";

/** The rows behind a figure, beside the page. */
export function RowsDrawer() {
  const t = useText("overview");
  const { search, change } = useOverviewView();
  const rows = readRows(search.rows);
  const title = useTitle(rows);
  return (
    <Drawer
      opened={rows !== null}
      onClose={() => change({ rows: undefined })}
      position="right"
      size={620}
      title={<Text fw={620}>{title}</Text>}
      closeButtonProps={{ "aria-label": t("closeRows") }}
    >
      {rows?.of === "moved" && <MovedRows rows={rows} />}
      {rows?.of === "touches" && <TouchRows rows={rows} />}
      {rows?.of === "movers" && <MoverRows rows={rows} />}
      {rows?.of === "need" && <NeedRows />}
    </Drawer>
  );
}

function useTitle(rows: Rows | null): string {
  const t = useText("overview");
  const format = useFormat();
  const nameOf = useNames();
  if (rows === null) return "";
  if (rows.of === "need") return t("inNeed");
  if (rows.of === "movers") {
    const move = { was: nameOf(rows.from), is: nameOf(rows.to) };
    return t("moversTitle", { ...move, day: format.shortDay(rows.since) });
  }
  const days = { from: format.shortDay(rows.from), to: format.shortDay(rows.to) };
  if (rows.of === "touches") {
    const outcome = t(`outcome_${rows.outcome ?? "planned"}`);
    return rows.level === undefined
      ? t("touchRowsTitle", { outcome, ...days })
      : t("touchRowsOfTitle", { outcome, level: nameOf(rows.level), ...days });
  }
  const place = (text: string, none: string) => (text === "-" ? none : nameOf(text));
  if (rows.was === undefined || rows.is === undefined) {
    const name = nameOf(rows.was ?? rows.is ?? "");
    return t("stoodTitle", { place: name, day: rows.was === undefined ? days.to : days.from });
  }
  return t("movedTitle", {
    was: place(rows.was, t("new")),
    is: place(rows.is, t("left")),
    ...days,
  });
}

function MovedRows({ rows }: { readonly rows: Extract<Rows, { of: "moved" }> }) {
  const { kind, from, to, was, is } = rows;
  const query = { of: kind, from, to, ...given({ was, is }) };
  const pages = usePages(["overview", "moved", query], (cursor, signal) =>
    ask(
      api.GET("/api/overview/flows/accounts", {
        params: { query: { ...query, limit: 100, ...given({ cursor }) } },
        signal,
      }),
    ),
  );
  return (
    <Listed pages={pages}>
      {pages.items?.map((one) => (
        <AccountRow key={one.id} {...one} about={one.why} />
      ))}
    </Listed>
  );
}

function TouchRows({ rows }: { readonly rows: Extract<Rows, { of: "touches" }> }) {
  const t = useText("overview");
  const format = useFormat();
  const { from, to, human, level, outcome } = rows;
  const query = {
    from,
    to,
    ...given({
      human: human === undefined ? undefined : human ? ("true" as const) : ("false" as const),
      level,
      outcome,
    }),
  };
  const pages = usePages(["overview", "touch-rows", query], (cursor, signal) =>
    ask(
      api.GET("/api/overview/touches/list", {
        params: { query: { ...query, limit: 100, ...given({ cursor }) } },
        signal,
      }),
    ),
  );
  return (
    <Listed pages={pages}>
      {pages.items?.map((one) => (
        <AccountRow
          key={one.id}
          id={one.account}
          name={one.account_name}
          right={format.shortDay(one.due)}
          about={[one.title, one.owner ?? t("nobody"), one.status, one.result, one.reason]
            .filter((part) => part !== null)
            .join(" · ")}
        />
      ))}
    </Listed>
  );
}

function MoverRows({ rows }: { readonly rows: Extract<Rows, { of: "movers" }> }) {
  const { since, what, from, to, why } = rows;
  const query = { since, what, why, ...given({ from: from ?? undefined, to: to ?? undefined }) };
  const pages = usePages(["overview", "movers", query], (cursor, signal) =>
    ask(
      api.GET("/api/overview/movers/accounts", {
        params: { query: { ...query, limit: 100, ...given({ cursor }) } },
        signal,
      }),
    ),
  );
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {why}
      </Text>
      <Listed pages={pages}>
        {pages.items?.map((one) => (
          <AccountRow
            key={one.id}
            {...one}
            about={[one.level, one.stage].filter((part) => part !== null).join(" · ")}
          />
        ))}
      </Listed>
    </>
  );
}

function NeedRows() {
  const pages = usePages(["overview", "need"], (cursor, signal) =>
    ask(
      api.GET("/api/overview/needs", {
        params: { query: { limit: 100, ...given({ cursor }) } },
        signal,
      }),
    ),
  );
  return (
    <Listed pages={pages}>
      {pages.items?.map((one) => (
        <AccountRow key={one.id} {...one} about={one.reasons.join("; ")} />
      ))}
    </Listed>
  );
}

interface AccountRowProps {
  readonly id: string;
  readonly name: string | null;
  readonly about: string;
  readonly revenue?: number | null;
  readonly right?: string;
}

function AccountRow({ id, name, about, revenue, right }: AccountRowProps) {
  const format = useFormat();
  return (
    <div className="behind-row" data-row={id}>
      <div style={{ minWidth: 0 }}>
        <AccountLink id={id} name={name} />
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      </div>
      <Text size="sm" className="tabular" style={{ whiteSpace: "nowrap" }}>
        {right ?? (typeof revenue !== "number" ? "" : format.shortMoney(revenue))}
      </Text>
    </div>
  );
}

interface ListedProps {
  readonly pages: {
    readonly items: readonly unknown[] | undefined;
    readonly error: Error | null;
    readonly retry: () => void;
    readonly hasMore: boolean;
    readonly isMore: boolean;
    readonly more: () => void;
  };
  readonly children: React.ReactNode;
}

function Listed({ pages, children }: ListedProps) {
  const t = useText("overview");
  if (pages.error && !pages.items) return <Failed error={pages.error} retry={pages.retry} />;
  if (!pages.items) return <Loading />;
  if (pages.items.length === 0) return <Empty title={t("noRows")} />;
  return (
    <Stack gap={0}>
      {children}
      {pages.hasMore && (
        <Button variant="default" mt="sm" loading={pages.isMore} onClick={pages.more}>
          {t("more")}
        </Button>
      )}
    </Stack>
  );
}
