import { Alert, Button, Group, Text } from "@mantine/core";
import { Problem, Unreachable } from "../lib/problem.ts";
import { useText } from "../text/text.ts";
import { IconAlertTriangle } from "./icons.ts";

interface FailedProps {
  readonly error: Error;
  readonly retry?: (() => void) | undefined;
}

/** Why something could not be shown, and the way out. */
export function Failed({ error, retry }: FailedProps) {
  const t = useText("common");
  const hint = error instanceof Problem ? error.hint : null;
  const isForbidden = error instanceof Problem && error.status === 403;
  return (
    <Alert
      m="lg"
      color={isForbidden ? "gray" : "red"}
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={isForbidden ? t("notAllowedTitle") : t("failed")}
      role="alert"
    >
      <Text size="sm">{error instanceof Unreachable ? t("unreachable") : error.message}</Text>
      {hint !== null && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
      {retry && !isForbidden && (
        <Group mt="sm">
          <Button variant="default" onClick={retry}>
            {t("retry")}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
