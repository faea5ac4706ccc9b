import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function CapacityScreen() {
  const t = useText("capacity");
  return <Page title={t("title")}>{null}</Page>;
}
