import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useText } from "../text/text.ts";
import { Empty } from "../ui/empty.tsx";
import { IconQuestionMark } from "../ui/icons.ts";

export function NotFound() {
  const t = useText("common");
  return (
    <Empty icon={IconQuestionMark} title={t("notFoundTitle")} text={t("notFoundText")}>
      <Button component={Link} {...({ to: "/today" } as object)} variant="light">
        {t("goToToday")}
      </Button>
    </Empty>
  );
}
