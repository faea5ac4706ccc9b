import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function OutboxScreen() {
  const t = useText("outbox");
  return <Page title={t("title")}>{null}</Page>;
}
