import { Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";

type Plain = string | number | boolean | null;

/** `adoption 0.35, seats 62`: what a rule read. */
export function FactValues({ values }: { readonly values: Readonly<Record<string, Plain>> }) {
  const show = useFactValue();
  return (
    <Text component="span" size="xs" c="dimmed" className="tabular">
      {Object.entries(values)
        .map(([name, value]) => `${name.replaceAll("_", " ")} ${show(value)}`)
        .join(", ")}
    </Text>
  );
}

export function useFactValue(): (value: Plain) => string {
  const format = useFormat();
  const common = useText("common");
  return (value) => {
    if (value === null) return common("unknown");
    if (typeof value === "boolean") return common(value ? "yes" : "no");
    if (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)) return format.instant(value);
    return format.value(value);
  };
}
