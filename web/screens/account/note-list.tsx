import { ActionIcon, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useMe, useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { IconEdit, IconTrash } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { Tip } from "../../ui/tip.tsx";
import { accountQuery, type Note, notesQuery, teamQuery } from "./account-queries.ts";
import { localDayOf } from "./days.ts";
import { useAccountPlace, useMayChange } from "./use-account.ts";

/** Free notes and those of touches, newest first. */
export function NoteList({ most = 50 }: { readonly most?: number }) {
  const t = useText("account");
  const { id } = useAccountPlace();
  const { data, error } = useQuery(notesQuery(id));
  const [isAll, setAll] = useState(false);
  if (error) return <Failed error={error} />;
  if (!data) return <Loading lines={3} height={18} />;
  if (data.items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("noNotes")}
      </Text>
    );
  const shown = isAll ? data.items : data.items.slice(0, most);
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {shown.map((note) => (
        <li key={note.id}>
          <NoteItem note={note} />
        </li>
      ))}
      {data.items.length > shown.length && (
        <Button variant="subtle" color="gray" onClick={() => setAll(true)}>
          {t("allOf", { count: data.items.length })}
        </Button>
      )}
    </Stack>
  );
}

function NoteItem({ note }: { readonly note: Note }) {
  const t = useText("account");
  const common = useText("common");
  const format = useFormat();
  const me = useMe();
  const { timezone } = useWorkspace();
  const { id, search, show } = useAccountPlace();
  const { data: seen } = useQuery(accountQuery(id));
  // of an account that was handed over, own notes stay as they are
  const mayChange = useMayChange(seen?.account.owner, search.at);
  const { data: team } = useQuery(teamQuery);
  const [text, setText] = useState<string | null>(null);
  const who = team?.find((one) => one.id === note.by)?.name ?? note.author ?? note.by ?? "";
  const params = { path: { account: id, note: note.id } };
  const change = useAct<string>({
    run: (next) =>
      ask(api.PUT("/api/accounts/{account}/notes/{note}", { params, body: { note: next } })),
    refresh: [["account", id]],
    onDone: () => setText(null),
  });
  const remove = useAct({
    run: () => ask(api.DELETE("/api/accounts/{account}/notes/{note}", { params })),
    optimistic: (_, put) =>
      put<{ items: readonly Note[] }>(["account", id, "notes"], (notes) => ({
        ...notes,
        items: notes.items.filter((one) => one.id !== note.id),
      })),
    refresh: [["account", id]],
  });
  const isMine =
    mayChange &&
    note.touch === null &&
    note.id !== "new" &&
    (me.may("leader") || note.by === me.member);
  return (
    <Stack gap={2}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="xs" c="dimmed" className="tabular">
          {who} · {format.shortDay(localDayOf(note.at, timezone))}
          {note.changed_at !== null && ` · ${t("noteChanged")}`}
        </Text>
        {isMine && text === null && (
          <Group gap={0} wrap="nowrap">
            <Tip label={t("editNote")}>
              <ActionIcon size="sm" aria-label={t("editNote")} onClick={() => setText(note.note)}>
                <IconEdit size={14} aria-hidden />
              </ActionIcon>
            </Tip>
            <Tip label={t("removeNote")}>
              <ActionIcon size="sm" aria-label={t("removeNote")} onClick={() => remove.act()}>
                <IconTrash size={14} aria-hidden />
              </ActionIcon>
            </Tip>
          </Group>
        )}
      </Group>
      {text === null ? (
        <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {note.note}
        </Text>
      ) : (
        <Stack gap={4}>
          <Textarea
            aria-label={t("editNote")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            autoFocus
          />
          <Group gap="xs" justify="flex-end">
            <Button variant="default" onClick={() => setText(null)}>
              {common("cancel")}
            </Button>
            <Button
              onClick={() => change.act(text.trim())}
              disabled={text.trim() === ""}
              loading={change.isBusy}
            >
              {common("save")}
            </Button>
          </Group>
        </Stack>
      )}
      {note.touch !== null && (
        <Text
          component="button"
          size="xs"
          c="dimmed"
          td="underline"
          ta="left"
          style={{ background: "none", border: 0, padding: 0, cursor: "pointer" }}
          onClick={() => show({ tab: "touches", touch: note.touch?.id }, true)}
        >
          {note.touch.title}
        </Text>
      )}
    </Stack>
  );
}
