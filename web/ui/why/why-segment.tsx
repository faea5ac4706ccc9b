import { Box, Stack, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { ChangesList } from "./changes-list.tsx";
import { RuleTree } from "./rule-tree.tsx";
import { spoken } from "./rule-words.ts";
import type { WhyProps } from "./why-level.tsx";

/** Why an account is, or is not, in a segment. */
export function WhySegment({ explained, changes, name }: WhyProps & { readonly name: string }) {
  const t = useText("why");
  const format = useFormat();
  const segment = explained.segments[name];
  const isMember = segment ? ("in" in segment ? segment.in : segment.name !== null) : false;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {isMember && segment?.since
          ? t("segmentIn", { day: format.day(segment.since) })
          : t("segmentOut")}
      </Text>
      {Object.entries(explained.rules.segments[name] ?? {}).map(([entry, trace]) => (
        <Box key={entry}>
          {entry !== "when" && (
            <Text size="sm" fw={550}>
              {spoken(entry)}
            </Text>
          )}
          <RuleTree trace={trace} about={explained.about} />
          {trace.result !== true && (
            <Box ml={20}>
              <ChangesList
                changes={changes?.rules[`segments/${name}/${entry}`] ?? []}
                about={explained.about}
                showsMade={false}
              />
            </Box>
          )}
        </Box>
      ))}
    </Stack>
  );
}
