import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function OverviewScreen() {
  const t = useText("overview");
  return <Page title={t("title")}>{null}</Page>;
}
