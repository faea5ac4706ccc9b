import { Box, Code, Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import type { AboutModel } from "../../../src/core/explain/index.ts";
import type { Trace, Value } from "../../../src/core/rules/types.ts";
import { useText } from "../../text/text.ts";
import { IconCheck, IconQuestionMark, IconX } from "../icons.ts";
import { said } from "./rule-words.ts";
import { useRuleWords } from "./use-rule-words.ts";

interface RuleTreeProps {
  readonly trace: Trace;
  readonly about: AboutModel;
}

/** A rule part by part: what each says, whether it holds, and with which values. */
export function RuleTree({ trace, about }: RuleTreeProps) {
  const words = useRuleWords(about);
  const what = said(trace);
  const isJoin = ["all", "any", "not", "choose"].includes(what.kind);
  if (!isJoin) return <RulePart trace={trace} about={about} />;
  return (
    <Box>
      <Group gap={6} wrap="nowrap" align="center">
        <ResultMark result={trace.result} />
        <Text size="xs" c="dimmed" fw={600}>
          {words.sentence(trace)}
        </Text>
      </Group>
      <Stack
        component="ul"
        gap={5}
        mt={5}
        ml={7}
        pl={14}
        style={{ listStyle: "none", margin: 0, borderLeft: "1px solid var(--ts-border)" }}
      >
        {trace.children.map((part, place) => (
          <li key={`${place} ${part.text}`}>
            <RuleTree trace={part} about={about} />
          </li>
        ))}
      </Stack>
    </Box>
  );
}

function RulePart({ trace, about }: RuleTreeProps) {
  const words = useRuleWords(about);
  const isText = said(trace).kind === "text";
  const actual = words.actual(trace);
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <ResultMark result={trace.result} />
      <Text component="div" size="sm" lh={1.4} style={{ minWidth: 0, overflowWrap: "anywhere" }}>
        {isText ? <Code fz="xs">{trace.text}</Code> : words.sentence(trace)}
        {actual !== null && (
          <Text span size="sm" c="dimmed" className="tabular">
            {" · "}
            {actual}
          </Text>
        )}
      </Text>
    </Group>
  );
}

/** ✓, ✗ or ?, with its word for those who see neither shape nor colour. */
export function ResultMark({ result }: { readonly result: Value }) {
  const t = useText("why");
  const [Icon, color, word] =
    result === true
      ? ([IconCheck, "var(--ts-green)", t("holds")] as const)
      : result === false
        ? ([IconX, "var(--mantine-color-dimmed)", t("fails")] as const)
        : ([IconQuestionMark, "var(--ts-yellow)", t("isUnknown")] as const);
  return (
    <Box component="span" c={color} lh={0} mt={3} style={{ flexShrink: 0 }}>
      <Icon size={14} stroke={2.4} aria-hidden />
      <VisuallyHidden>{word}: </VisuallyHidden>
    </Box>
  );
}
