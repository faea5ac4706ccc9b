import { Button, Checkbox, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useText } from "../../text/text.ts";
import { type Webhook, WEBHOOKS_KEY } from "./webhook.ts";

interface WebhookFormProps {
  /** null: a new one. */
  readonly hook: Webhook | null;
  readonly onClose: () => void;
  readonly onMade: (made: { url: string; secret: string }) => void;
}

const TYPES = [
  "decision.changed",
  "touch.planned",
  "touch.due",
  "touch.done",
  "survey.answered",
] as const;

export function WebhookForm({ hook, onClose, onMade }: WebhookFormProps) {
  const t = useText("settings");
  const common = useText("common");
  const [url, setUrl] = useState(hook?.url ?? "");
  const [note, setNote] = useState(hook?.note ?? "");
  const [types, setTypes] = useState<string[]>([...(hook?.types ?? TYPES)]);
  const save = useAct({
    run: async (_: void, key) => {
      const body = {
        url,
        types: types as (typeof TYPES)[number][],
        note: note.trim() === "" ? null : note,
      };
      if (hook) {
        await ask(api.PATCH("/api/webhooks/{id}", { params: { path: { id: hook.id } }, body }));
        return null;
      }
      return ask(api.POST("/api/webhooks", { body, headers: idempotent(key) }));
    },
    refresh: [WEBHOOKS_KEY],
    onDone: (made) => {
      if (made) onMade(made);
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(hook ? "editWebhook" : "newWebhook")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.act();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t("address")}
            description={t("addressText")}
            type="url"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            required
            data-autofocus
          />
          <Checkbox.Group label={t("told")} value={types} onChange={setTypes}>
            <Stack gap={6} mt={6}>
              {TYPES.map((one) => (
                <Checkbox key={one} value={one} label={one} />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput
            label={t("note")}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={500}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={save.isBusy} disabled={types.length === 0 || url === ""}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
