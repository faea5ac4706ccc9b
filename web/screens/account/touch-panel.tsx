import {
  Alert,
  Button,
  Checkbox,
  Drawer,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
} from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useMe, useWorkspace } from "../../lib/me.ts";
import { Problem } from "../../lib/problem.ts";
import { tell } from "../../lib/tell.ts";
import { useText } from "../../text/text.ts";
import { Loading } from "../../ui/loading.tsx";
import { accountQuery, contactsQuery, teamQuery } from "./account-queries.ts";
import { Dates } from "./dates.tsx";
import { instantIn } from "./instant-in.ts";
import type { ShownTouch } from "./touch-days.ts";
import { useAccountPlace } from "./use-account.ts";

const OPEN = ["planned", "due", "deferred"];
const RESULTS = ["held", "completed", "attended", "replied", "converted", "no_show"] as const;

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
      size={420}
      title={touch?.title ?? ""}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {touch ? <Details key={touch.id} touch={touch} /> : <Loading lines={4} height={18} />}
    </Drawer>
  );
}

function Details({ touch }: { readonly touch: ShownTouch }) {
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
    (me.mayChange(seen?.account.owner) || (me.member !== null && touch.owner === me.member));
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

type Doing = "done" | "skip" | "schedule";

/** Done, skipped or fixed for a time, as on Today. */
function TouchActions({ touch }: { readonly touch: ShownTouch }) {
  const t = useText("account");
  const common = useText("common");
  const { timezone } = useWorkspace();
  const { id, show } = useAccountPlace();
  const [doing, setDoing] = useState<Doing>("done");
  const [result, setResult] = useState<(typeof RESULTS)[number]>("held");
  const [minutes, setMinutes] = useState<number | string>(touch.minutes);
  const [text, setText] = useState("");
  const [startsAt, setStartsAt] = useState<string | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const action = useAct({
    run: (_, key) => {
      const params = { path: { touch: touch.id } };
      const headers = idempotent(key);
      const note = text.trim();
      if (doing === "skip")
        return ask(
          api.POST("/api/touches/{touch}/skip", { params, body: { reason: note }, headers }),
        );
      if (doing === "schedule") {
        const starts_at = instantIn(startsAt ?? "", timezone);
        return ask(
          api.POST("/api/touches/{touch}/schedule", {
            params,
            body: { starts_at, with: [] },
            headers,
          }),
        );
      }
      const body = {
        result,
        set: {},
        ...(typeof minutes === "number" ? { minutes } : {}),
        ...(note === "" ? {} : { note }),
      };
      return ask(api.POST("/api/touches/{touch}/done", { params, body, headers }));
    },
    optimistic: (_, put) => {
      if (doing === "schedule") return;
      const status = doing === "done" ? "done" : "skipped";
      put<readonly ShownTouch[]>(["account", id, "touches"], (list) =>
        list.map((one) => (one.id === touch.id ? { ...one, status } : one)),
      );
    },
    refresh: [["account", id], ["touch", touch.id], ["today"]],
    onRefused: (refused) => {
      setProblem(refused);
      return true;
    },
    onDone: () => {
      tell({ message: t(`did_${doing}`, { title: touch.title }) });
      show({ touch: undefined });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setProblem(null);
    action.act();
  };
  const isReady = doing === "done" || (doing === "skip" ? text.trim() !== "" : startsAt !== null);
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t("whatToDo")}
          data={(["done", "skip", "schedule"] as const).map((value) => ({
            value,
            label: t(`act_${value}`),
          }))}
          value={doing}
          onChange={setDoing}
          fullWidth
        />
        {doing === "done" && (
          <Group grow gap="sm">
            <Select
              label={t("outcome")}
              data={RESULTS.map((value) => ({ value, label: t(`result_${value}`) }))}
              value={result}
              onChange={(next) => setResult(RESULTS.find((one) => one === next) ?? "held")}
              allowDeselect={false}
            />
            <NumberInput
              label={t("minutes")}
              value={minutes}
              onChange={setMinutes}
              min={0}
              max={1000}
            />
          </Group>
        )}
        {doing === "schedule" && (
          <Dates>
            <DateTimePicker
              size="xs"
              label={t("startsAt")}
              description={timezone}
              value={startsAt}
              onChange={setStartsAt}
              defaultDate={touch.due}
            />
          </Dates>
        )}
        {doing !== "schedule" && (
          <Textarea
            label={doing === "done" ? t("note") : common("reason")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            minRows={2}
            required={doing === "skip"}
          />
        )}
        {problem && (
          <Alert color="red" role="alert" title={common("notDone")}>
            <Text size="sm">{problem.message}</Text>
            {problem instanceof Problem && problem.hint !== null && (
              <Text size="sm" c="dimmed">
                {problem.hint}
              </Text>
            )}
          </Alert>
        )}
        <Button type="submit" disabled={!isReady} loading={action.isBusy}>
          {t(`act_${doing}`)}
        </Button>
      </Stack>
    </form>
  );
}
