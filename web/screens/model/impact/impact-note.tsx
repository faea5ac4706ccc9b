import { Text } from "@mantine/core";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import type { Impact } from "./use-impact.ts";

/** What of it is exact, and from what the rest is estimated. */
export function ImpactNote({ impact }: { readonly impact: Impact }) {
  const t = useText("model");
  const format = useFormat();
  const { exact, evaluated, affected } = impact;
  return (
    <Text size="xs" c="dimmed">
      {exact.work && exact.moves
        ? t("allExact", { at: format.instant(impact.as_of) })
        : t(exact.moves ? "workEstimated" : "allEstimated", {
            evaluated: format.number(evaluated),
            affected: format.number(affected),
            at: format.instant(impact.as_of),
          })}
    </Text>
  );
}
