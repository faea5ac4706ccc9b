import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { Problem } from "../../lib/problem.ts";
import { useText } from "../../text/text.ts";
import { Refused } from "../../ui/refused.tsx";
import { explainQuery } from "../../ui/why/explained.ts";
import { spoken } from "../../ui/why/rule-words.ts";
import {
  accountQuery,
  type Fact,
  factsQuery,
  type SeenAccount,
  teamQuery,
} from "./account-queries.ts";
import { Dates } from "./dates.tsx";
import { type ChangeKind, useChange } from "./use-change.ts";

interface ChangeFormProps {
  readonly kind: ChangeKind;
  readonly seen: SeenAccount;
  /** A trait chosen already, from the table of facts. */
  readonly trait?: string;
  readonly close: () => void;
}

const NOBODY = " nobody";

/** Changes one thing by hand with a reason. What was typed stays when the server refuses. */
export function ChangeForm({ kind, seen, trait, close }: ChangeFormProps) {
  const t = useText("account");
  const common = useText("common");
  const queries = useQueryClient();
  const { account } = seen;
  // the version that is before the reader's eyes: what comes in meanwhile does not change it
  const [etag, setEtag] = useState(seen.etag);
  const [before] = useState({ level: account.level, stage: account.stage });
  const [what, setWhat] = useState<string | null>(trait ?? null);
  const [value, setValue] = useState("");
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<Error | null>(null);
  const { data: facts } = useQuery({
    ...factsQuery(account.id, undefined),
    enabled: kind === "trait",
  });
  const fact = facts?.facts.find((one) => one.trait === what);
  const change = useChange(account.id, close, setProblem);
  const needsWhat = kind !== "unpin";
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setProblem(null);
    change.act({
      kind,
      what: what === NOBODY ? null : what,
      value: typed(fact, value),
      until,
      reason: reason.trim(),
      etag,
      before,
    });
  };
  const lookAgain = async (): Promise<void> => {
    const fresh = await queries.query({ ...accountQuery(account.id), staleTime: 0 });
    setEtag(fresh.etag);
    setProblem(null);
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t(`change_${kind}`)}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {needsWhat && (
            <What kind={kind} account={seen} what={what} choose={setWhat} facts={facts?.facts} />
          )}
          {kind === "trait" && what !== null && (
            <ValueInput fact={fact} value={value} put={setValue} />
          )}
          {kind === "pin" && <UntilInput until={until} put={setUntil} />}
          <Textarea
            label={common("reason")}
            description={common("reasonHint")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            autosize
            minRows={2}
            required
            data-autofocus={needsWhat ? undefined : true}
          />
          {problem && (
            <Refused problem={problem}>
              {problem instanceof Problem && problem.code === "changed-by-other" && (
                <Button variant="default" mt="xs" onClick={() => void lookAgain()}>
                  {t("lookAgain")}
                </Button>
              )}
            </Refused>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button
              type="submit"
              loading={change.isBusy}
              disabled={reason.trim() === "" || (needsWhat && what === null)}
            >
              {t(`do_${kind}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface WhatProps {
  readonly kind: ChangeKind;
  readonly account: SeenAccount;
  readonly what: string | null;
  readonly choose: (what: string | null) => void;
  readonly facts: readonly Fact[] | undefined;
}

/** The level, stage, person, fact or program that is meant. */
function What({ kind, account: { account }, what, choose, facts }: WhatProps) {
  const t = useText("account");
  const common = useText("common");
  const { levels, stages } = useWorkspace();
  const { data: team } = useQuery({ ...teamQuery, enabled: kind === "owner" });
  const { data: explained } = useQuery(explainQuery(account.id));
  const running = (explained?.programs ?? []).map(({ name }) => name);
  const spokenOf = (names: readonly string[]) =>
    [...new Set(names)].map((name) => ({ value: name, label: spoken(name) }));
  const choices = {
    pin: spokenOf(levels),
    unpin: [],
    stage: spokenOf(stages.filter((name) => name !== account.stage)),
    owner: [
      { value: NOBODY, label: common("nobody") },
      ...(team ?? [])
        .filter(({ ends_on, id }) => ends_on === null && id !== account.owner)
        .map(({ id, name }) => ({ value: id, label: name ?? id })),
    ],
    trait: (facts ?? []).flatMap(({ trait, name }) =>
      trait === null ? [] : [{ value: trait, label: spoken(name) }],
    ),
    start: spokenOf((explained?.about.programs ?? []).filter((name) => !running.includes(name))),
    stop: spokenOf(running),
  } satisfies Record<ChangeKind, { value: string; label: string }[]>;
  return (
    <Select
      label={t(`what_${kind}`)}
      data={choices[kind]}
      value={what}
      onChange={choose}
      searchable
      required
      nothingFoundMessage={kind === "stop" ? t("noPrograms") : common("noMatches")}
      data-autofocus
    />
  );
}

interface ValueInputProps {
  readonly fact: Fact | undefined;
  readonly value: string;
  readonly put: (value: string) => void;
}

/** A new value, by the kind of the fact; empty clears it. */
function ValueInput({ fact, value, put }: ValueInputProps) {
  const t = useText("account");
  const common = useText("common");
  const format = useFormat();
  const description = t("isNow", { value: format.value(fact?.value) });
  const choices =
    fact?.type === "boolean"
      ? [
          { value: "true", label: common("yes") },
          { value: "false", label: common("no") },
        ]
      : fact?.values?.map((one) => ({ value: one, label: one }));
  if (choices)
    return (
      <Select
        label={t("newValue")}
        description={description}
        data={choices}
        value={value === "" ? null : value}
        onChange={(next) => put(next ?? "")}
        clearable
      />
    );
  return (
    <TextInput
      label={t("newValue")}
      description={description}
      placeholder={fact?.type === "date" ? "2026-12-31" : ""}
      inputMode={fact?.type === "number" ? "decimal" : "text"}
      value={value}
      onChange={(event) => put(event.currentTarget.value)}
    />
  );
}

function UntilInput({
  until,
  put,
}: {
  readonly until: string | null;
  readonly put: (until: string | null) => void;
}) {
  const t = useText("account");
  const { today } = useWorkspace();
  return (
    <Dates>
      <DatePickerInput
        size="xs"
        label={t("pinUntil")}
        description={t("pinUntilHint")}
        value={until}
        onChange={(day) => put(day === null ? null : day.slice(0, 10))}
        minDate={today}
        clearable
      />
    </Dates>
  );
}

function typed(fact: Fact | undefined, value: string): string | number | boolean | null {
  const text = value.trim();
  if (text === "") return null;
  if (fact?.type === "boolean") return text === "true";
  if (fact?.type !== "number") return text;
  const number = Number(text.replaceAll(",", ""));
  // what is no number goes as it is: the server says what it expects
  return Number.isNaN(number) ? text : number;
}
