import { Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask } from "../../lib/api.ts";
import { useText } from "../../text/text.ts";
import { Refused } from "../../ui/refused.tsx";
import type { Contact } from "./account-queries.ts";
import { useAccountPlace } from "./use-account.ts";

const FIELDS = ["name", "email", "role", "timezone", "locale"] as const;
type Fields = Record<(typeof FIELDS)[number], string>;

interface ContactFormProps {
  /** Without it somebody new is added. */
  readonly contact?: Contact;
  readonly close: () => void;
}

/** What is known of a person, changed with a reason. */
export function ContactForm({ contact, close }: ContactFormProps) {
  const t = useText("account");
  const common = useText("common");
  const { id } = useAccountPlace();
  const [own] = useState(() => crypto.randomUUID());
  const [fields, setFields] = useState<Fields>(() => ({
    name: contact?.name ?? "",
    email: contact?.email ?? "",
    role: contact?.role ?? "",
    timezone: contact?.timezone ?? "",
    locale: contact?.locale ?? "",
  }));
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useAct<Fields>({
    run: (next) => {
      const changed = FIELDS.filter((field) => next[field].trim() !== (contact?.[field] ?? ""));
      const body = Object.fromEntries(
        changed.map((field) => [field, next[field].trim() === "" ? null : next[field].trim()]),
      );
      return ask(
        api.PUT("/api/contacts/{account}/{contact}", {
          params: { path: { account: id, contact: contact?.id ?? own } },
          body: { ...body, reason: reason.trim() },
        }),
      );
    },
    refresh: [["account", id]],
    onRefused: (refused) => {
      setProblem(refused);
      return true;
    },
    onDone: close,
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setProblem(null);
    save.act(fields);
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t(contact ? "editContact" : "addContact")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {FIELDS.map((field) => (
            <TextInput
              key={field}
              label={t(field === "locale" ? "language" : field)}
              type={field === "email" ? "email" : "text"}
              value={fields[field]}
              placeholder={
                field === "timezone" ? "Asia/Kuala_Lumpur" : field === "locale" ? "en" : ""
              }
              onChange={(event) => setFields({ ...fields, [field]: event.currentTarget.value })}
            />
          ))}
          <Textarea
            label={common("reason")}
            description={common("reasonHint")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            autosize
          />
          {problem && <Refused problem={problem} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={reason.trim() === ""} loading={save.isBusy}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
