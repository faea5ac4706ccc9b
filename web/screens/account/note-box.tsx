import { Button, Group, Kbd, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useMe } from "../../lib/me.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { useText } from "../../text/text.ts";
import { accountQuery, type Note } from "./account-queries.ts";
import { useAccountPlace, useMayChange } from "./use-account.ts";

interface Notes {
  readonly items: readonly Note[];
}

/** Writes a note: `n` begins one, Ctrl-Enter keeps it. What is typed stays until the server has it. */
export function NoteBox() {
  const t = useText("account");
  const me = useMe();
  const { id, search } = useAccountPlace();
  const { data: seen } = useQuery(accountQuery(id));
  const mayChange = useMayChange(seen?.account.owner, search.at);
  const kept = `touchstone-note-${id}`;
  const [note, setNote] = useState(() => sessionStorage.getItem(kept) ?? "");
  const box = useRef<HTMLTextAreaElement>(null);
  const write = (text: string): void => {
    setNote(text);
    if (text === "") sessionStorage.removeItem(kept);
    else sessionStorage.setItem(kept, text);
  };
  useEffect(() => {
    const begin = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement;
      const isTyping = at.closest("input, textarea, select, [contenteditable], [role='dialog']");
      if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      event.preventDefault();
      box.current?.focus();
    };
    window.addEventListener("keydown", begin);
    return () => window.removeEventListener("keydown", begin);
  }, []);
  const add = useAct<string, Note>({
    run: (text, key) =>
      ask(
        api.POST("/api/accounts/{account}/notes", {
          params: { path: { account: id } },
          body: { note: text },
          headers: idempotent(key),
        }),
      ),
    optimistic: (text, put) =>
      put<Notes>(["account", id, "notes"], (notes) => ({
        ...notes,
        items: [
          {
            id: "new",
            at: new Date().toISOString(),
            by: me.member,
            author: me.name,
            note: text,
            changed_at: null,
            touch: null,
          },
          ...notes.items,
        ],
      })),
    refresh: [["account", id]],
    onDone: () => write(""),
  });
  useOfferCommands(
    mayChange
      ? [{ label: t("addNote"), run: () => requestAnimationFrame(() => box.current?.focus()) }]
      : [],
  );
  if (!mayChange) return null;
  const send = (): void => {
    if (note.trim() !== "" && !add.isBusy) add.act(note.trim());
  };
  return (
    <Stack gap={6}>
      <Textarea
        ref={box}
        aria-label={t("note")}
        placeholder={t("notePlaceholder")}
        value={note}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        }}
        autosize
        minRows={1}
        maxRows={8}
      />
      {note !== "" && (
        <Group justify="flex-end" gap="xs">
          <Text size="xs" c="dimmed">
            <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd>
          </Text>
          <Button onClick={send} loading={add.isBusy}>
            {t("addNote")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
