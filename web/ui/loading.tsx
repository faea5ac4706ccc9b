import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useText } from "../text/text.ts";

/** The shape of what is coming: so many lines of about the right height. */
export function Loading({
  lines = 6,
  height = 28,
}: {
  readonly lines?: number;
  readonly height?: number;
}) {
  const t = useText("common");
  return (
    <Stack gap="xs" p="lg" role="status" aria-live="polite">
      <VisuallyHidden>{t("loading")}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} radius="sm" width={line === 0 ? "40%" : "100%"} />
      ))}
    </Stack>
  );
}
