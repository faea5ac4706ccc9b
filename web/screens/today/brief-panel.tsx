import { ActionIcon, Button, Group, Kbd, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useFormat } from "../../lib/format.ts";
import { useLive } from "../../lib/live.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { HealthBar, LevelBadge } from "../../ui/badges.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconX } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { BriefHealth } from "./brief-health.tsx";
import { BriefNotes } from "./brief-notes.tsx";
import { BriefPeople } from "./brief-people.tsx";
import { BriefSection } from "./brief-section.tsx";
import { BriefSince } from "./brief-since.tsx";
import { BriefStage } from "./brief-stage.tsx";
import { ChannelIcon } from "./channel-icon.tsx";
import { BRIEF, type Brief, briefQuery } from "./today-queries.ts";
import type { Editing } from "./touch-row.tsx";
import { dueWords, resultWord } from "./touch-words.ts";
import { WordsOfHtml } from "./words-of-html.tsx";

interface BriefPanelProps {
  readonly touch: string;
  readonly onClose: () => void;
  /** null: it is on no list that is shown, so it is only read here. */
  readonly onEdit: ((editing: Editing) => void) | null;
}

/** All that one needs for the call, beside the list. */
export function BriefPanel({ touch, onClose, onEdit }: BriefPanelProps) {
  const t = useText("today");
  const { data, error, refetch } = useQuery(briefQuery(touch));
  useLive(["touches", "accounts", "contacts"], [BRIEF], data?.account.id);
  return (
    <aside className="brief" aria-label={t("brief")}>
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : data ? (
        <Content brief={data} onClose={onClose} onEdit={onEdit} />
      ) : (
        <Loading lines={8} />
      )}
    </aside>
  );
}

interface ContentProps extends Omit<BriefPanelProps, "touch"> {
  readonly brief: Brief;
}

function Content({ brief, onClose, onEdit }: ContentProps) {
  const t = useText("today");
  const { touch, health, stage, talking_points: points } = brief;
  return (
    <>
      <Head brief={brief} onClose={onClose} onEdit={onEdit} />
      <BriefSection title={t("whyNow")}>
        <Text size="sm">{touch.why}</Text>
        <Text size="xs" c="dimmed" mt={6}>
          {t("placeBecause", { reasons: touch.place.join(", ") })}
        </Text>
      </BriefSection>
      {points && (
        <BriefSection title={t("talkingPoints")}>
          {points.problem === null ? (
            <>
              {points.preheader !== null && (
                <Text size="xs" c="dimmed" mb={6}>
                  {points.preheader}
                </Text>
              )}
              <WordsOfHtml html={points.html} />
            </>
          ) : (
            <Text size="sm" style={{ color: "var(--ts-red)" }}>
              {points.problem}
            </Text>
          )}
        </BriefSection>
      )}
      <BriefSince since={brief.since} />
      {health && <BriefHealth health={health} />}
      {stage && <BriefStage stage={stage} />}
      <BriefPeople brief={brief} />
      <BriefNotes brief={brief} />
    </>
  );
}

function Head({ brief, onClose, onEdit }: ContentProps) {
  const t = useText("today");
  const common = useText("common");
  const format = useFormat();
  const { touch, account } = brief;
  const isOpen =
    touch.status === "planned" || touch.status === "due" || touch.status === "deferred";
  return (
    <Stack gap="sm" p={20} pb={14}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <div style={{ minWidth: 0 }}>
          <Title order={2}>
            <AccountLink id={account.id} name={account.name} />
          </Title>
          <Group gap={6} wrap="nowrap">
            <ChannelIcon channel={touch.channel} />
            <Text size="sm">{touch.title}</Text>
          </Group>
        </div>
        <ActionIcon aria-label={common("close")} onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <Group gap="md" className="tabular">
        <Text size="sm" fw={600}>
          {isOpen ? dueWords(touch, format, t) : stateWords(brief, t)}
        </Text>
        <Text size="sm" c="dimmed">
          {format.minutes(touch.minutes)}
        </Text>
        {touch.revenue !== null && <Text size="sm">{format.money(touch.revenue)}</Text>}
        {touch.renews_on !== null && (
          <Text size="sm" c="dimmed">
            {t("renews", { when: format.fromToday(touch.renews_on) })}
          </Text>
        )}
        <LevelBadge level={touch.level} />
        <HealthBar score={touch.health.score} band={touch.health.band} />
      </Group>
      {brief.next_of_series !== null && isOpen && (
        <Text size="xs" c="dimmed">
          {t("nextOfSeries", { day: format.weekday(brief.next_of_series) })}
        </Text>
      )}
      {isOpen && touch.may_change && onEdit && (
        <Group gap="xs">
          <Tool keys="d" isMain onClick={() => onEdit("done")}>
            {t("done")}
          </Tool>
          <Tool keys="s" onClick={() => onEdit("skip")}>
            {t("skip")}
          </Tool>
          <Tool keys="m" onClick={() => onEdit("move")}>
            {t("move")}
          </Tool>
          <Tool keys="h" onClick={() => onEdit("snooze")}>
            {t("snooze")}
          </Tool>
        </Group>
      )}
      {isOpen && !touch.may_change && (
        <Text size="xs" c="dimmed">
          {t("notYours")}
        </Text>
      )}
    </Stack>
  );
}

function stateWords({ touch }: Brief, t: ReturnType<typeof useText<"today">>): string {
  return touch.result === null ? touch.status : resultWord(touch.result, t);
}

interface ToolProps {
  readonly keys: string;
  readonly isMain?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Tool({ keys, isMain = false, onClick, children }: ToolProps) {
  return (
    <Button
      variant={isMain ? "filled" : "default"}
      onClick={onClick}
      rightSection={
        <Kbd size="xs" aria-hidden>
          {keys}
        </Kbd>
      }
    >
      {children}
    </Button>
  );
}
