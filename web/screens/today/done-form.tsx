import { Button, Group, Skeleton, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type SyntheticEvent, type KeyboardEvent, useRef, useState } from "react";
import { useText } from "../../text/text.ts";
import type { Answer } from "./asked-field.tsx";
import { later } from "../../ui/later.tsx";
import { ChoiceKeys } from "./choice-keys.tsx";
import { readDraft, writeDraft } from "./drafts.ts";
import type { Result, ToDo } from "./today-queries.ts";
import { resultWord } from "./touch-words.ts";
import type { Deed } from "./waiting-changes.ts";

/** Few touches ask for anything, and lists to choose from are large. */
const AskedField = later(
  async () => (await import("./asked-field.tsx")).AskedField,
  <Skeleton w={180} h={50} />,
);

const MOST_MINUTES = 100_000;

interface FormProps {
  readonly row: ToDo;
  readonly onSave: (deed: Deed) => void;
  readonly onClose: () => void;
}

/** What became of a touch: a number for the result, a note, Enter. */
export function DoneForm({ row, onSave, onClose }: FormProps) {
  const t = useText("today");
  const common = useText("common");
  const [result, setResult] = useState<Result | null>(null);
  const [note, setNote] = useState(() => readDraft(row.id).note ?? row.note ?? "");
  const [next, setNext] = useState(() => readDraft(row.id).next ?? "");
  const [minutes, setMinutes] = useState<number | null>(null);
  const [answers, setAnswers] = useState<Readonly<Record<string, Answer>>>({});
  const noteField = useRef<HTMLTextAreaElement>(null);
  const choose = (chosen: Result): void => {
    setResult(chosen);
    noteField.current?.focus();
  };
  const save = (event?: SyntheticEvent): void => {
    event?.preventDefault();
    const [likeliest] = row.results;
    const chosen = result ?? likeliest;
    if (!chosen) return;
    const added = next.trim();
    onSave({
      verb: "done",
      body: {
        result: chosen,
        ...(note.trim() === "" ? {} : { note: note.trim() }),
        ...(minutes === null ? {} : { minutes }),
        ...(Object.keys(answers).length === 0 ? {} : { set: answers }),
        ...(added === ""
          ? {}
          : {
              action_items: [
                ...row.action_items,
                { text: added, owner: row.owner, due: null, done: false },
              ],
            }),
      },
    });
  };
  const inNote = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    save();
  };
  return (
    <form className="touch-editor" onSubmit={save} aria-label={t("doneOf", { title: row.title })}>
      <Stack gap="xs">
        <ChoiceKeys
          label={t("result")}
          choices={row.results.map((name) => ({ name, text: resultWord(name, t) }))}
          chosen={result}
          onChoose={choose}
        />
        <Textarea
          ref={noteField}
          aria-label={t("note")}
          placeholder={t("notePlaceholder")}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={20_000}
          value={note}
          onChange={({ currentTarget: { value } }) => {
            setNote(value);
            writeDraft(row.id, { note: value });
          }}
          onKeyDown={inNote}
        />
        <Group gap="xs" align="end">
          <TextInput
            label={t("nextStep")}
            placeholder={t("nextStepPlaceholder")}
            value={next}
            maxLength={2000}
            style={{ flex: 1 }}
            onChange={({ currentTarget: { value } }) => {
              setNext(value);
              writeDraft(row.id, { next: value });
            }}
          />
          <TextInput
            label={t("minutes")}
            placeholder={String(row.minutes)}
            inputMode="numeric"
            value={minutes ?? ""}
            onChange={({ currentTarget: { value } }) => setMinutes(wholeNumber(value))}
            w={110}
          />
        </Group>
        {row.asks.length > 0 && (
          <Group gap="xs" align="end">
            {row.asks.map((asked) => (
              <AskedField
                key={asked.trait}
                asked={asked}
                value={answers[asked.trait]}
                onChange={(answer) => setAnswers({ ...answers, [asked.trait]: answer })}
              />
            ))}
          </Group>
        )}
        <Group gap="xs">
          <Button type="submit">{common("save")}</Button>
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Text size="xs" c="dimmed">
            {t("doneKeys")}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

/** What was typed as minutes; letters are passed over. */
function wholeNumber(typed: string): number | null {
  const digits = typed.replaceAll(/\D/g, "");
  return digits === "" ? null : Math.min(MOST_MINUTES, Number(digits));
}
