import {
  ActionIcon,
  Box,
  Button,
  Group,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  VisuallyHidden,
} from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import {
  IconBolt,
  IconCopy,
  IconHistory,
  IconPhone,
  IconSearch,
  IconSitemap,
  IconUser,
} from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { Tip } from "../../ui/tip.tsx";
import { type TimelineEntry, timelineQuery } from "./account-queries.ts";
import { TIMELINE_KINDS, type TimelineKind } from "./account-search.ts";
import { byDay, entryKey, isWanted, kindOf } from "./timeline-entries.ts";
import { useAccountPlace } from "./use-account.ts";

const ICONS = {
  moves: IconSitemap,
  touches: IconPhone,
  people: IconUser,
  events: IconBolt,
} as const;
const ALL = "all";
/** Pages that are read to find the entry of a link. */
const MOST_PAGES = 20;

/** What happened, newest first, by days; every entry has an address. */
export function TimelineTab() {
  const t = useText("account");
  const { timezone } = useWorkspace();
  const { id, search, show } = useAccountPlace();
  const events = search.kind === "events" ? "all" : "important";
  const query = useInfiniteQuery(timelineQuery(id, events, search.at));
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const loaded = (data?.pages ?? []).flatMap(({ items }) => items);
  const isFound =
    search.entry === undefined || loaded.some((one) => entryKey(one) === search.entry);
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (!isFound && hasNextPage && !isFetchingNextPage && pages < MOST_PAGES) void fetchNextPage();
  }, [isFound, hasNextPage, isFetchingNextPage, pages, fetchNextPage]);
  const shown = loaded.filter((entry) => isWanted(entry, search.kind, search.q ?? ""));
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <SegmentedControl
          aria-label={t("kinds")}
          data={[
            { value: ALL, label: t("kind_all") },
            ...TIMELINE_KINDS.map((kind) => ({ value: kind, label: t(`kind_${kind}`) })),
          ]}
          value={search.kind ?? ALL}
          onChange={(kind) => show({ kind: TIMELINE_KINDS.find((one) => one === kind) })}
        />
        <TextInput
          aria-label={t("findText")}
          placeholder={t("findText")}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={search.q ?? ""}
          onChange={(event) => show({ q: event.currentTarget.value || undefined })}
          w={220}
        />
      </Group>
      {error && <Failed error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Loading />}
      {data && shown.length === 0 && (
        <Empty
          icon={IconHistory}
          title={t("nothingFound")}
          text={hasNextPage ? t("olderMayHave") : undefined}
        />
      )}
      {byDay(shown, timezone).map(({ day, entries }) => (
        <Day key={day} day={day} entries={entries} />
      ))}
      {hasNextPage && (
        <Group justify="center">
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t("older")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Day({
  day,
  entries,
}: {
  readonly day: string;
  readonly entries: readonly TimelineEntry[];
}) {
  const format = useFormat();
  const { search, show } = useAccountPlace();
  return (
    <Box component="section" aria-label={format.day(day)}>
      <Text className="day-group" size="xs" fw={620}>
        {format.weekday(day)} {day.slice(0, 4)}
      </Text>
      {entries.map((entry, place) => (
        <Entry
          key={`${entryKey(entry)} ${place}`}
          entry={entry}
          isHere={search.entry === entryKey(entry)}
          go={() => show({ entry: entryKey(entry) })}
        />
      ))}
    </Box>
  );
}

interface EntryProps {
  readonly entry: TimelineEntry;
  readonly isHere: boolean;
  readonly go: () => void;
}

function Entry({ entry, isHere, go }: EntryProps) {
  const t = useText("account");
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  const kind: TimelineKind = kindOf(entry);
  const Icon = ICONS[kind];
  useEffect(() => {
    if (isHere) place.current?.scrollIntoView({ block: "center" });
  }, [isHere]);
  const copy = (): void => {
    go();
    const link = new URL(window.location.href);
    link.searchParams.set("entry", entryKey(entry));
    void navigator.clipboard?.writeText(link.toString());
  };
  return (
    <Box ref={place} className="entry" data-here={isHere}>
      <Text size="xs" c="dimmed" className="tabular" pt={2}>
        {format.time(entry.at)}
      </Text>
      <Box c="dimmed" pt={2} lh={0}>
        <Icon size={15} aria-hidden />
        <VisuallyHidden>{t(`kind_${kind}`)}</VisuallyHidden>
      </Box>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Box style={{ minWidth: 0 }}>
          <Text size="sm" fw={kind === "moves" ? 600 : 400} style={{ overflowWrap: "anywhere" }}>
            {entry.text}
          </Text>
          {entry.more.map((line) => (
            <Text key={line} size="xs" c="dimmed">
              {line}
            </Text>
          ))}
        </Box>
        <Tip label={t("linkTo")}>
          <ActionIcon
            size="sm"
            aria-label={t("linkTo")}
            onClick={copy}
            className="entry-link no-print"
          >
            <IconCopy size={13} aria-hidden />
          </ActionIcon>
        </Tip>
      </Group>
    </Box>
  );
}
