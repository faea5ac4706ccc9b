import { Stack, Text } from "@mantine/core";
import type { AboutModel, FactChange } from "../../../src/core/explain/index.ts";
import { useText } from "../../text/text.ts";
import { useRuleWords } from "./use-rule-words.ts";

interface ChangesListProps {
  readonly changes: readonly FactChange[];
  readonly about: AboutModel;
  /** Over the list; without it none stands there. */
  readonly title?: string;
  /** Says what each would make: not where the rule above says it. */
  readonly showsMade?: boolean;
}

/** The smallest changes of single facts that would make it otherwise, nearest first. */
export function ChangesList({ changes, about, title, showsMade = true }: ChangesListProps) {
  const words = useRuleWords(about);
  if (changes.length === 0) return null;
  return (
    <Stack gap={2}>
      {title !== undefined && (
        <Text size="xs" c="dimmed" fw={550}>
          {title}
        </Text>
      )}
      {changes.map((change) => (
        <Text key={change.fact} size="sm" className="tabular">
          {words.change(change)}
          {showsMade && (
            <Text span size="sm" c="dimmed">
              {" -> "}
              {String(change.makes)}
            </Text>
          )}
        </Text>
      ))}
    </Stack>
  );
}

interface UpAndDownProps {
  readonly up: readonly FactChange[];
  readonly down: readonly FactChange[];
  readonly about: AboutModel;
  readonly upTitle?: string;
  readonly downTitle?: string;
}

/** Both directions under one heading; said plainly where no single fact does it. */
export function WhatWouldChangeIt({ up, down, about, upTitle, downTitle }: UpAndDownProps) {
  const t = useText("why");
  return (
    <Stack gap={6} component="section" aria-label={t("changes")}>
      <Text size="xs" fw={620}>
        {t("changes")}
      </Text>
      {up.length + down.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noChange")}
        </Text>
      )}
      <ChangesList
        changes={up}
        about={about}
        {...(upTitle === undefined ? {} : { title: upTitle })}
      />
      <ChangesList
        changes={down}
        about={about}
        {...(downTitle === undefined ? {} : { title: downTitle })}
      />
    </Stack>
  );
}
