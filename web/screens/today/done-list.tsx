import { Group, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { IconCircleCheck } from "../../ui/icons.ts";
import type { Today } from "./today-queries.ts";
import { resultWord } from "./touch-words.ts";

/** What is done today, the latest first. */
export function DoneList({ done }: { readonly done: Today["done"] }) {
  const t = useText("today");
  const format = useFormat();
  return (
    <ul>
      {done.map((touch) => (
        <Group key={touch.id} component="li" gap="sm" wrap="nowrap" px="lg" py={6} fz={13}>
          <IconCircleCheck size={16} color="var(--ts-green)" aria-hidden style={{ flex: "none" }} />
          <AccountLink id={touch.account} name={touch.account_name} />
          <Text span inherit style={{ whiteSpace: "nowrap" }}>
            {touch.title}
          </Text>
          {touch.result !== null && (
            <Text span inherit c="dimmed" style={{ whiteSpace: "nowrap" }}>
              {resultWord(touch.result, t)}
            </Text>
          )}
          <Text span inherit c="dimmed" truncate style={{ flex: 1 }}>
            {touch.note}
          </Text>
          <Text span inherit c="dimmed" className="tabular">
            {touch.done_at === null ? "" : format.time(touch.done_at)}
          </Text>
        </Group>
      ))}
    </ul>
  );
}
