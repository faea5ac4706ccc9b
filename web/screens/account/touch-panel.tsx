import { Checkbox, Drawer, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../lib/format.ts";
import { useLive } from "../../lib/live.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import { BRIEF, briefQuery, type ToDo } from "../today/today-queries.ts";
import { groupWord, resultWord } from "../today/touch-words.ts";
import { touchesAfter } from "../today/touches-after.ts";
import { useWaitingList } from "../today/use-waiting.ts";
import { contactsQuery, teamQuery } from "./account-queries.ts";
import { TouchActions } from "./touch-actions.tsx";
import type { ShownTouch } from "./touch-days.ts";
import { useAccountPlace } from "./use-account.ts";

const OPEN = ["planned", "due", "deferred"];

/** One touch in full, and what may be done with it. */
export function TouchPanel({ touches }: { readonly touches: readonly ShownTouch[] }) {
  const common = useText("common");
  const { id: account, search, show } = useAccountPlace();
  const { timezone } = useWorkspace();
  const waiting = useWaitingList();
  const id = search.touch ?? "";
  // a touch of a link may lie outside what the calendar shows
  const { data, error, refetch } = useQuery({
    ...briefQuery(id),
    enabled: search.touch !== undefined && search.at === undefined,
  });
  useLive(["touches", "accounts", "team"], [BRIEF], account);
  const row = search.at === undefined ? data?.touch : undefined;
  const [touch] = touchesAfter(
    [row ?? touches.find((one) => one.id === id)].filter((one) => one !== undefined),
    search.at === undefined ? waiting : [],
    timezone,
  );
  const mayAct = touch !== undefined && row?.may_change === true && OPEN.includes(touch.status);
  return (
    <Drawer
      opened={search.touch !== undefined}
      onClose={() => show({ touch: undefined })}
      position="right"
      size={480}
      title={touch?.title ?? ""}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {touch && (
        <Stack gap="md">
          <Details touch={touch} row={row} />
          {data && mayAct && (
            <TouchActions
              key={data.touch.id}
              brief={data}
              onDone={() => show({ touch: undefined })}
            />
          )}
        </Stack>
      )}
      {error && !row && <Failed error={error} retry={() => void refetch()} />}
      {!touch && !error && <Loading lines={4} height={18} />}
    </Drawer>
  );
}

interface DetailsProps {
  readonly touch: ShownTouch;
  /** With who does it today; undefined: not here yet, or as it was on a past day. */
  readonly row: ToDo | undefined;
}

function Details({ touch, row }: DetailsProps) {
  const t = useText("account");
  const today = useText("today");
  const format = useFormat();
  const { id } = useAccountPlace();
  const { data: team } = useQuery(teamQuery);
  const { data: contacts } = useQuery(contactsQuery(id));
  const nameOf = (member: string): string =>
    team?.find((one) => one.id === member)?.name ?? groupWord(member, today);
  const contact = contacts?.find((one) => one.id === touch.contact);
  const lines: (readonly [string, string | null])[] = [
    [
      t("status"),
      `${t(`status_${touch.status}`)}${touch.result === null ? "" : ` · ${resultWord(touch.result, today)}`}`,
    ],
    [t("due"), format.day(touch.due)],
    [t("startsAt"), touch.starts_at === null ? null : format.instant(touch.starts_at)],
    [t("doneAt"), touch.done_at === null ? null : format.instant(touch.done_at)],
    [t("snoozedUntil"), row?.snoozed_until ? format.instant(row.snoozed_until) : null],
    [t("channel"), t(`channel_${touch.channel as "email"}`, { defaultValue: touch.channel })],
    [t("doneBy"), nameOf(row?.doer ?? touch.owner ?? touch.by)],
    [t("standsInFor"), row?.stands_in_for ? nameOf(row.stands_in_for) : null],
    [t("with"), touch.contact === null ? null : (contact?.name ?? contact?.email ?? touch.contact)],
    [t("program"), touch.program?.replaceAll("_", " ") ?? null],
    [t("minutes"), format.minutes(touch.minutes_spent ?? touch.minutes)],
    [t("drives"), touch.drives],
    [t("reasonOf"), touch.reason],
  ];
  return (
    <>
      <Stack gap={4}>
        {lines.map(([label, value]) =>
          value === null ? null : (
            <Group key={label} gap="sm" wrap="nowrap" align="flex-start">
              <Text size="sm" c="dimmed" w={110} style={{ flexShrink: 0 }}>
                {label}
              </Text>
              <Text size="sm" className="tabular">
                {value}
              </Text>
            </Group>
          ),
        )}
      </Stack>
      {touch.note !== null && touch.note !== "" && (
        <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
          {touch.note}
        </Text>
      )}
      {touch.action_items.map((item) => (
        <Checkbox key={item.text} label={item.text} checked={item.done} readOnly />
      ))}
    </>
  );
}
