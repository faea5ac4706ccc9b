import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function TodayScreen() {
  const t = useText("today");
  return <Page title={t("title")}>{null}</Page>;
}
