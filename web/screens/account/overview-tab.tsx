import { Anchor, Box, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Explained, explainQuery } from "../../ui/why/explained.ts";
import { Section } from "../../ui/why/section.tsx";
import { HealthMeasures } from "../../ui/why/why-health.tsx";
import { ExitCriteria } from "../../ui/why/why-stage.tsx";
import { timelineQuery } from "./account-queries.ts";
import { localDayOf } from "./days.ts";
import { NoteBox } from "./note-box.tsx";
import { NoteList } from "./note-list.tsx";
import { useAccountPlace } from "./use-account.ts";

const SHOWN = 6;

/** What one wants to know first: the next touches, health and goals, news, and what was noted. */
export function OverviewTab() {
  const { id, search } = useAccountPlace();
  const { data, error } = useQuery(explainQuery(id, search.at));
  if (error) return <Failed error={error} />;
  if (!data) return <Loading />;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing={32} verticalSpacing="xl">
      <Stack gap="xl">
        <NextTouches explained={data} />
        {Object.keys(data.stage?.exit ?? {}).length > 0 && <ExitCriteria explained={data} />}
        <HealthMeasures explained={data} />
      </Stack>
      <Stack gap="xl">
        {search.at === undefined && <Notes />}
        <News />
      </Stack>
    </SimpleGrid>
  );
}

function NextTouches({ explained }: { readonly explained: Explained }) {
  const t = useText("account");
  const format = useFormat();
  const { today } = useWorkspace();
  const { search, show } = useAccountPlace();
  const open = explained.touches
    .filter(({ status }) => ["planned", "due", "deferred"].includes(status))
    .toSorted((a, b) => (a.due < b.due ? -1 : 1));
  return (
    <Section
      title={t("nextTouches")}
      aside={
        open.length > SHOWN ? (
          <Anchor component="button" size="xs" onClick={() => show({ tab: "touches" }, true)}>
            {t("allOf", { count: open.length })}
          </Anchor>
        ) : undefined
      }
    >
      {open.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noNextTouches")}
        </Text>
      )}
      <Stack gap={6}>
        {open.slice(0, SHOWN).map((touch) => (
          <Group key={touch.id} justify="space-between" wrap="nowrap" gap="sm">
            <Anchor
              component="button"
              c="inherit"
              size="sm"
              truncate
              title={touch.title}
              onClick={() => show({ tab: "touches", touch: touch.id }, true)}
            >
              {touch.title}
            </Anchor>
            <Text
              size="sm"
              c={touch.due < (search.at ?? today) ? "var(--ts-red)" : "dimmed"}
              className="tabular"
              style={{ whiteSpace: "nowrap" }}
            >
              {format.shortDay(touch.due)}
            </Text>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}

function Notes() {
  const t = useText("account");
  return (
    <Section title={t("notes")}>
      <NoteBox />
      <NoteList most={5} />
    </Section>
  );
}

function News() {
  const t = useText("account");
  const format = useFormat();
  const { timezone } = useWorkspace();
  const { id, search, show } = useAccountPlace();
  const { data } = useInfiniteQuery(timelineQuery(id, "important", search.at));
  const entries = (data?.pages ?? []).flatMap(({ items }) => items).slice(0, SHOWN);
  return (
    <Section
      title={t("news")}
      aside={
        <Anchor component="button" size="xs" onClick={() => show({ tab: "timeline" }, true)}>
          {t("wholeTimeline")}
        </Anchor>
      }
    >
      {data && entries.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("nothingHappened")}
        </Text>
      )}
      <Stack gap={6}>
        {entries.map((entry) => (
          <Group
            key={`${entry.at} ${entry.kind} ${entry.text}`}
            gap="sm"
            wrap="nowrap"
            align="flex-start"
          >
            <Text size="xs" c="dimmed" className="tabular" w={64} pt={2} style={{ flexShrink: 0 }}>
              {format.shortDay(localDayOf(entry.at, timezone))}
            </Text>
            <Box style={{ minWidth: 0 }}>
              <Text size="sm">{entry.text}</Text>
              {entry.more.map((line) => (
                <Text key={line} size="xs" c="dimmed">
                  {line}
                </Text>
              ))}
            </Box>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
