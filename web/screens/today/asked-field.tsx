import { NumberInput, Select, TextInput } from "@mantine/core";
import { useText } from "../../text/text.ts";
import type { Asked } from "./today-queries.ts";

export type Answer = string | number | boolean | null;

export interface AskedFieldProps {
  readonly asked: Asked;
  /** undefined: not answered, what is known stays unconfirmed. */
  readonly value: Answer | undefined;
  readonly onChange: (answer: Answer) => void;
}

/** A trait that the touch asks for, with what is known of it to be confirmed. */
export function AskedField({ asked, value, onChange }: AskedFieldProps) {
  const t = useText("today");
  const common = useText("common");
  const label = asked.trait.replaceAll("_", " ");
  const known =
    asked.known === null
      ? common("unknown")
      : typeof asked.known === "boolean"
        ? common(asked.known ? "yes" : "no")
        : String(asked.known);
  const placeholder = t("knownAs", { value: known });
  if (asked.type === "boolean" || asked.values) {
    const data = asked.values ?? [
      { value: "true", label: common("yes") },
      { value: "false", label: common("no") },
    ];
    return (
      <Select
        label={label}
        placeholder={placeholder}
        data={[...data]}
        value={value === undefined || value === null ? null : String(value)}
        onChange={(chosen) => {
          if (chosen === null) return;
          onChange(asked.type === "boolean" ? chosen === "true" : chosen);
        }}
        w={180}
      />
    );
  }
  if (asked.type === "number") {
    return (
      <NumberInput
        label={label}
        placeholder={placeholder}
        value={typeof value === "number" ? value : ""}
        onChange={(typed) => onChange(typeof typed === "number" ? typed : null)}
        w={180}
      />
    );
  }
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      type={asked.type === "date" ? "date" : "text"}
      value={typeof value === "string" ? value : ""}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      w={180}
    />
  );
}
