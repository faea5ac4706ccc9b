import { Checkbox, Drawer, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Loading } from "../../ui/loading.tsx";
import { accountQuery, contactsQuery, teamQuery } from "./account-queries.ts";
import { TouchActions } from "./touch-actions.tsx";
import type { ShownTouch } from "./touch-days.ts";
import { useAccountPlace } from "./use-account.ts";

const OPEN = ["planned", "due", "deferred"];

/** One touch in full, and what may be done with it. */
export function TouchPanel({ touches }: { readonly touches: readonly ShownTouch[] }) {
  const common = useText("common");
  const { search, show } = useAccountPlace();
  const listed = touches.find(({ id }) => id === search.touch);
  const { data } = useQuery({
    queryKey: ["touch", search.touch ?? ""],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/touches/{touch}", {
          params: { path: { touch: search.touch ?? "" } },
          signal,
        }),
      ),
    // a touch of a link may lie outside what the calendar shows
    enabled: search.touch !== undefined && search.at === undefined,
  });
  const touch = search.at === undefined ? (data ?? listed) : listed;
  return (
    <Drawer
      opened={search.touch !== undefined}
      onClose={() => show({ touch: undefined })}
      position="right"
      size={460}
      title={touch?.title ?? ""}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {touch ? (
        <Details key={touch.id} touch={touch} doer={data?.doer} />
      ) : (
        <Loading lines={4} height={18} />
      )}
    </Drawer>
  );
}

interface DetailsProps {
  readonly touch: ShownTouch;
  /** Who does it today: somebody who stands in for its owner, perhaps. undefined: not here yet. */
  readonly doer: string | undefined;
}

function Details({ touch, doer }: DetailsProps) {
  const t = useText("account");
  const format = useFormat();
  const me = useMe();
  const { id, search } = useAccountPlace();
  const { data: seen } = useQuery(accountQuery(id));
  const { data: team } = useQuery(teamQuery);
  const { data: contacts } = useQuery(contactsQuery(id));
  const nameOf = (member: string | null): string =>
    member === null ? "–" : (team?.find((one) => one.id === member)?.name ?? member);
  const contact = contacts?.find((one) => one.id === touch.contact);
  const lines: (readonly [string, string | null])[] = [
    [
      t("status"),
      `${t(`status_${touch.status}`)}${touch.result === null ? "" : ` · ${t(`result_${touch.result}`)}`}`,
    ],
    [t("due"), format.day(touch.due)],
    [t("startsAt"), touch.starts_at === null ? null : format.instant(touch.starts_at)],
    [t("doneAt"), touch.done_at === null ? null : format.instant(touch.done_at)],
    [t("channel"), t(`channel_${touch.channel as "email"}`, { defaultValue: touch.channel })],
    [t("doneBy"), touch.owner === null ? touch.by : nameOf(touch.owner)],
    [t("with"), touch.contact === null ? null : (contact?.name ?? contact?.email ?? touch.contact)],
    [t("program"), touch.program?.replaceAll("_", " ") ?? null],
    [t("minutes"), format.minutes(touch.minutes_spent ?? touch.minutes)],
    [t("drives"), touch.drives],
    [t("reasonOf"), touch.reason],
  ];
  const mayAct =
    search.at === undefined &&
    OPEN.includes(touch.status) &&
    (me.mayChange(seen?.account.owner) ||
      (me.member !== null && [touch.owner, doer].includes(me.member)));
  return (
    <Stack gap="md">
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
      {mayAct && <TouchActions touch={touch} />}
    </Stack>
  );
}
