import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type SyntheticEvent, useRef, useState } from "react";
import { useText } from "../../text/text.ts";
import { ChoiceKeys } from "./choice-keys.tsx";
import { readDraft, writeDraft } from "./drafts.ts";
import type { ToDo } from "./today-queries.ts";
import type { Deed } from "./waiting-changes.ts";

interface FormProps {
  readonly row: ToDo;
  readonly onSave: (deed: Deed) => void;
  readonly onClose: () => void;
}

const REASONS = ["reasonNotWanted", "reasonSettled", "reasonNoTime", "reasonTwice"] as const;

/** Not doing a touch: why, by its number or in one's own words. */
export function SkipForm({ row, onSave, onClose }: FormProps) {
  const t = useText("today");
  const common = useText("common");
  const [reason, setReason] = useState(() => readDraft(row.id).reason ?? "");
  const field = useRef<HTMLInputElement>(null);
  const save = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (reason.trim() === "") field.current?.focus();
    else onSave({ verb: "skip", body: { reason: reason.trim() } });
  };
  const type = (value: string): void => {
    setReason(value);
    writeDraft(row.id, { reason: value });
  };
  return (
    <form className="touch-editor" onSubmit={save} aria-label={t("skipOf", { title: row.title })}>
      <Stack gap="xs">
        <ChoiceKeys
          label={common("reason")}
          choices={REASONS.map((name) => ({ name, text: t(name) }))}
          chosen={REASONS.find((name) => t(name) === reason) ?? null}
          onChoose={(name) => {
            type(t(name));
            field.current?.focus();
          }}
        />
        <Group gap="xs">
          <TextInput
            ref={field}
            aria-label={common("reason")}
            placeholder={t("skipPlaceholder")}
            value={reason}
            maxLength={2000}
            style={{ flex: 1 }}
            onChange={({ currentTarget }) => type(currentTarget.value)}
          />
          <Button type="submit" disabled={reason.trim() === ""}>
            {t("skip")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
