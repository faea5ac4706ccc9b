import { Checkbox, Stack, Text } from "@mantine/core";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useAct } from "../../lib/act.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { BriefSection } from "./brief-section.tsx";
import { BRIEF, type Brief } from "./today-queries.ts";

type Item = Brief["action_items"][number];

/** What was said last, and what was promised and is open; a promise is ticked off here. */
export function BriefNotes({ brief }: { readonly brief: Brief }) {
  const t = useText("today");
  const format = useFormat();
  const { notes, action_items: items } = brief;
  const tick = useAct<Item>({
    run: (item, key) =>
      ask(
        api.POST("/api/touches/{touch}/notes", {
          params: { path: { touch: item.touch } },
          headers: idempotent(key),
          body: {
            action_items: items
              .filter(({ touch }) => touch === item.touch)
              .map(({ text, owner, due, done }) => ({
                text,
                owner,
                due,
                done: done || text === item.text,
              })),
          },
        }),
      ),
    optimistic: (item, change) =>
      change<Brief>(BRIEF, (one) => ({
        ...one,
        action_items: one.action_items.filter(
          ({ text, touch }) => text !== item.text || touch !== item.touch,
        ),
      })),
    refresh: [BRIEF],
  });
  if (notes.length === 0 && items.length === 0) return null;
  return (
    <>
      {items.length > 0 && (
        <BriefSection title={t("openItems")}>
          <Stack gap={6}>
            {items.map((item) => (
              <Checkbox
                key={`${item.touch} ${item.text}`}
                checked={item.done}
                disabled={!item.may_change}
                label={item.text}
                description={item.due === null ? undefined : format.fromToday(item.due)}
                onChange={() => tick.act(item)}
              />
            ))}
          </Stack>
        </BriefSection>
      )}
      {notes.length > 0 && (
        <BriefSection title={t("lastNotes")}>
          <Stack gap="sm">
            {notes.map((note) => (
              <div key={note.id}>
                <Text size="xs" c="dimmed">
                  {format.shortDay(note.at)}
                  {note.touch === null ? "" : ` · ${note.touch.title}`}
                  {note.by === null ? "" : ` · ${note.by}`}
                </Text>
                <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                  {note.note}
                </Text>
              </div>
            ))}
          </Stack>
        </BriefSection>
      )}
    </>
  );
}
