import { SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { useFormat } from "../../lib/format.ts";
import { useLive } from "../../lib/live.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { IconSearch } from "../../ui/icons.ts";
import { later, usePreload } from "../../ui/later.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { LoadStrip } from "./load-strip.tsx";
import "./today.css";
import { TodayList } from "./today-list.tsx";
import { teamQuery, TODAY, type Today, todayQuery } from "./today-queries.ts";
import type { TodaySearch } from "./today-search.ts";
import { UndoBar } from "./undo-bar.tsx";
import { useTake } from "./use-take.ts";
import { useTodayCommands } from "./use-today-commands.ts";
import { useTodayKeys } from "./use-today-keys.ts";
import { useTodayLists } from "./use-today-lists.ts";
import { useWaiting } from "./use-waiting.ts";
import { useWorking } from "./use-working.ts";
import { WhoseDay } from "./whose-day.tsx";

const BriefPanel = later(
  async () => (await import("./brief-panel.tsx")).BriefPanel,
  <aside className="brief">
    <Loading lines={8} />
  </aside>,
);
const WeekView = later(
  async () => (await import("./week-view.tsx")).WeekView,
  <Loading lines={10} height={40} />,
);

/** A person's day: what to do next, why, and all that one needs for it. */
export function TodayScreen() {
  const t = useText("today");
  const search = useSearch({ from: "/today" });
  const { data, error, refetch } = useQuery(todayQuery(search.owner));
  useLive(["touches", "team", "models"], [TODAY]);
  if (error && !data)
    return (
      <Page title={t("title")}>
        <Failed error={error} retry={() => void refetch()} />
      </Page>
    );
  if (!data)
    return (
      <Page title={t("title")}>
        <Loading lines={10} height={40} />
      </Page>
    );
  return <Day key={search.owner ?? ""} data={data} search={search} />;
}

function Day({ data, search }: { readonly data: Today; readonly search: TodaySearch }) {
  const t = useText("today");
  const format = useFormat();
  const me = useMe();
  const navigate = useNavigate({ from: "/today" });
  const waiting = useWaiting();
  const lists = useTodayLists(data, waiting.list, search.q);
  const working = useWorking(lists, waiting, search.touch);
  const filter = useRef<HTMLInputElement>(null);
  const people = usePeople(data.owner === null || data.open.length > 0);
  usePreload(BriefPanel, WeekView);
  const isWeek = search.view === "week";
  const go = (change: Partial<TodaySearch>, replace = false): void =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace });
  const openTouch = (touch: string): void => {
    working.setActive(touch);
    go({ touch: search.touch === touch ? undefined : touch });
  };
  const rowOf = (touch: string | null) =>
    Object.values(working.rows)
      .flat()
      .find(({ id }) => id === touch);
  const taking = useTake();
  // what is open to somebody else's pod or role is theirs to take
  const take = me.may("leader") || data.owner?.id === me.member ? taking : null;
  useTodayCommands(isWeek);
  useTodayKeys({
    walk: (step) => {
      if (isWeek) return;
      const next = working.walk(step);
      if (next !== null && search.touch !== undefined) go({ touch: next }, true);
    },
    open: () => working.active !== null && openTouch(working.active),
    edit: (kind) => {
      const row = isWeek ? undefined : rowOf(working.active);
      if (row) working.edit(row, kind);
    },
    take: () => {
      const row = isWeek ? undefined : rowOf(working.active);
      if (row && working.rows.open.includes(row)) take?.(row);
    },
    undo: () => working.undo(),
    filter: () => filter.current?.focus(),
    view: () => go({ view: isWeek ? undefined : "week" }),
    close: () => {
      if (working.editing) working.stopEditing();
      else if (document.activeElement === filter.current) {
        go({ q: undefined }, true);
        filter.current?.blur();
      } else if (search.touch !== undefined) go({ touch: undefined });
    },
  });
  const shown = search.touch;
  const shownRow = rowOf(shown ?? null);
  return (
    <Page
      title={data.owner === null || search.owner === undefined ? t("title") : data.owner.name}
      about={format.weekday(data.today)}
      isFull
      actions={
        <>
          <TextInput
            ref={filter}
            aria-label={t("filter")}
            placeholder={t("filter")}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search.q ?? ""}
            onChange={({ currentTarget }) => go({ q: currentTarget.value || undefined }, true)}
            w={180}
          />
          <WhoseDay owner={search.owner} onChange={(owner) => go({ owner, touch: undefined })} />
          <SegmentedControl
            aria-label={t("view")}
            data={[
              { value: "list", label: t("list") },
              { value: "week", label: t("week") },
            ]}
            value={search.view ?? "list"}
            onChange={(view) => go({ view: view === "week" ? "week" : undefined })}
          />
        </>
      }
    >
      {data.load && <LoadStrip load={data.load} onOpen={openTouch} />}
      <div className="today" style={{ position: "relative" }}>
        {isWeek ? (
          <WeekView
            lists={lists}
            weeks={data.weeks}
            load={data.load}
            open={shown}
            onOpen={openTouch}
          />
        ) : (
          <TodayList
            data={data}
            working={working}
            open={shown}
            q={search.q}
            people={people}
            onTake={take}
            onOpen={openTouch}
            onClearFilter={() => go({ q: undefined }, true)}
          />
        )}
        {shown !== undefined && (
          <BriefPanel
            touch={shown}
            onClose={() => go({ touch: undefined })}
            onEdit={shownRow && !isWeek ? (kind) => working.edit(shownRow, kind) : null}
          />
        )}
        <UndoBar waiting={waiting} onUndo={working.undo} hasKey />
      </div>
    </Page>
  );
}

/** Names by id, for lists of more than one. */
function usePeople(isWanted: boolean): ReadonlyMap<string, string> | null {
  const team = useQuery({ ...teamQuery, enabled: isWanted });
  if (!isWanted) return null;
  return new Map((team.data?.items ?? []).map(({ id, name }) => [id, name ?? id]));
}
