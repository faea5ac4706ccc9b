import {
  Button,
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Textarea,
} from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, Suspense, useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useWorkspace } from "../../lib/me.ts";
import { tell } from "../../lib/tell.ts";
import { useText } from "../../text/text.ts";
import { Loading } from "../../ui/loading.tsx";
import { Refused } from "../../ui/refused.tsx";
import { SnoozeForm } from "../today/snooze-form.tsx";
import { contactsQuery, teamQuery } from "./account-queries.ts";
import { Dates } from "./dates.tsx";
import { instantIn } from "./instant-in.ts";
import type { ShownTouch } from "./touch-days.ts";
import { useAccountPlace } from "./use-account.ts";

const RESULTS = ["held", "completed", "attended", "replied", "converted", "no_show"] as const;
/** Kinds of touches to which people are invited at a time. */
const MEETINGS = ["call", "video", "in_person"];

type Doing = "done" | "skip" | "snooze" | "assign" | "schedule";

/** Done, skipped, put off, given to somebody or fixed for a time, as on Today. */
export function TouchActions({ touch }: { readonly touch: ShownTouch }) {
  const t = useText("account");
  const common = useText("common");
  const { timezone } = useWorkspace();
  const { id, show } = useAccountPlace();
  const [doing, setDoing] = useState<Doing>("done");
  const [result, setResult] = useState<(typeof RESULTS)[number]>("held");
  const [minutes, setMinutes] = useState<number | string>(touch.minutes);
  const [text, setText] = useState("");
  const [startsAt, setStartsAt] = useState<string | null>(null);
  const [invited, setInvited] = useState<string[]>(touch.contact === null ? [] : [touch.contact]);
  const [owner, setOwner] = useState<string | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const action = useAct<string | void>({
    run: (until, key) => {
      const params = { path: { touch: touch.id } };
      const headers = idempotent(key);
      const note = text.trim();
      if (doing === "skip")
        return ask(
          api.POST("/api/touches/{touch}/skip", { params, body: { reason: note }, headers }),
        );
      if (doing === "snooze") {
        const body = { until: until ?? null };
        return ask(api.POST("/api/touches/{touch}/snooze", { params, body, headers }));
      }
      if (doing === "assign")
        return ask(
          api.POST("/api/touches/{touch}/assign", {
            params,
            body: { owner, reason: note },
            headers,
          }),
        );
      if (doing === "schedule") {
        const starts_at = instantIn(startsAt ?? "", timezone);
        return ask(
          api.POST("/api/touches/{touch}/schedule", {
            params,
            body: { starts_at, with: invited },
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
      if (doing !== "done" && doing !== "skip") return;
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
  const isReady =
    doing === "done" ||
    (doing === "schedule"
      ? startsAt !== null
      : text.trim() !== "" && (doing === "skip" || owner !== null));
  const choices: readonly Doing[] = [
    "done",
    "skip",
    "snooze",
    "assign",
    ...(MEETINGS.includes(touch.channel) ? (["schedule"] as const) : []),
  ];
  return (
    <Stack gap="sm" className="touch-actions">
      <SegmentedControl
        aria-label={t("whatToDo")}
        data={choices.map((value) => ({ value, label: t(`act_${value}`) }))}
        value={doing}
        onChange={(next) => {
          setProblem(null);
          setDoing(next);
        }}
        fullWidth
      />
      {doing === "snooze" && (
        <Suspense fallback={<Loading lines={3} height={18} />}>
          <SnoozeForm
            row={touch}
            load={null}
            onSave={({ body }) => action.act(body.until ?? undefined)}
            onClose={() => setDoing("done")}
          />
        </Suspense>
      )}
      {doing === "snooze" && problem && <Refused problem={problem} />}
      {doing !== "snooze" && (
        <form onSubmit={submit}>
          <Stack gap="sm">
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
            {doing === "assign" && <ChooseOwner owner={owner} onChange={setOwner} />}
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
            {doing === "schedule" && (
              <ChooseInvited account={id} invited={invited} onChange={setInvited} />
            )}
            {doing !== "schedule" && (
              <Textarea
                label={doing === "done" ? t("note") : common("reason")}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                autosize
                minRows={2}
                required={doing !== "done"}
              />
            )}
            {problem && <Refused problem={problem} />}
            <Button type="submit" disabled={!isReady} loading={action.isBusy}>
              {t(`act_${doing}`)}
            </Button>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

interface ChooseOwnerProps {
  readonly owner: string | null;
  readonly onChange: (owner: string | null) => void;
}

function ChooseOwner({ owner, onChange }: ChooseOwnerProps) {
  const t = useText("account");
  const { data: team } = useQuery(teamQuery);
  return (
    <Select
      label={t("assignTo")}
      data={(team ?? []).map(({ id, name }) => ({ value: id, label: name ?? id }))}
      value={owner}
      onChange={onChange}
      searchable
    />
  );
}

interface ChooseInvitedProps {
  readonly account: string;
  readonly invited: string[];
  readonly onChange: (invited: string[]) => void;
}

function ChooseInvited({ account, invited, onChange }: ChooseInvitedProps) {
  const t = useText("account");
  const { data: contacts } = useQuery(contactsQuery(account));
  return (
    <MultiSelect
      label={t("invited")}
      description={t("invitedHint")}
      data={(contacts ?? []).map(({ id, name, email }) => ({
        value: id,
        label: name ?? email ?? id,
      }))}
      value={invited}
      onChange={onChange}
      searchable
      clearable
    />
  );
}
