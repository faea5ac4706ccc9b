import { Stack, Text } from "@mantine/core";
import type { components } from "../../lib/api-types.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";

/** Why this person looks after the account. */
export function WhyOwner({ ties }: { readonly ties: components["schemas"]["AccountTies"] }) {
  const t = useText("why");
  const format = useFormat();
  const { changed } = ties;
  const name = ties.owner_name;
  return (
    <Stack gap={6}>
      {name === null ? (
        <Text size="sm">{t("ownerNobody")}</Text>
      ) : ties.by_hand && changed ? (
        <Text size="sm">
          {t("ownerHere", {
            name,
            by: changed.by ?? t("somebody"),
            day: format.day(changed.at),
          })}
        </Text>
      ) : (
        <Text size="sm">{t("ownerImport", { name })}</Text>
      )}
      {changed && changed.reason !== null && ties.by_hand && (
        <Text size="sm">{t("ownerReason", { reason: changed.reason })}</Text>
      )}
      {ties.by_hand && ties.imports_say !== null && ties.imports_say !== name && (
        <Text size="sm" c="dimmed">
          {t("ownerImportsSay", { name: ties.imports_say })}
        </Text>
      )}
      {ties.asks_for !== null && (
        <Text size="sm" c="dimmed">
          {t(`ownerKind${ties.asks_for}`, { level: ties.owner_level ?? "" })}
        </Text>
      )}
    </Stack>
  );
}
