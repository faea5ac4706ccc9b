import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function ImportsScreen() {
  const t = useText("imports");
  return <Page title={t("title")}>{null}</Page>;
}
