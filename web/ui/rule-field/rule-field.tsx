import { Box, Group, Loader, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { later } from "../later.tsx";
import type { RuleFunction } from "./rule-completion.ts";
import type { RuleName } from "./rule-names.ts";

// the editor is large: it comes once somebody wants to write a rule
const RuleEditor = later(
  async () => (await import("./rule-editor.tsx")).RuleEditor,
  <Loader size={14} color="gray" />,
);

interface RuleFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly names: readonly RuleName[];
  readonly functions: readonly RuleFunction[];
  readonly autoFocus?: boolean;
  readonly left?: ReactNode;
  readonly right?: ReactNode;
  /** A rule without errors that somebody has finished writing; `""`: none. */
  readonly onChange: (text: string) => void;
}

/** A rule in one line: completion with meanings and values, errors at the character. */
export function RuleField({ value, onChange, left, right, ...editor }: RuleFieldProps) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <Box style={{ flex: 1, minWidth: 0 }}>
      <Group
        gap={6}
        px={8}
        wrap="nowrap"
        mih={30}
        style={{
          border: `1px solid ${problem === null ? "var(--ts-border)" : "var(--ts-red)"}`,
          borderRadius: 8,
          background: "var(--ts-surface)",
        }}
      >
        {left}
        <RuleEditor
          {...editor}
          value={value}
          onWrite={(_, found) => {
            // told once it is left: half a word is no mistake
            if (found === null) setProblem(null);
          }}
          onDone={(text) => {
            void import("./rule-names.ts").then(({ problemsIn }) => {
              const [first] = problemsIn(text, editor.names);
              setProblem(first ? [first.message, first.hint].filter(Boolean).join(" ") : null);
              if (!first && text.trim() !== value) onChange(text.trim());
              return null;
            });
          }}
        />
        {right}
      </Group>
      {problem !== null && (
        <Text size="xs" c="var(--ts-red)" mt={4} role="alert">
          {problem}
        </Text>
      )}
    </Box>
  );
}
