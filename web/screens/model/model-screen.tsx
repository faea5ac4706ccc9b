import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function ModelScreen() {
  const t = useText("model");
  return <Page title={t("title")}>{null}</Page>;
}
