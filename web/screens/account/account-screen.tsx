import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function AccountScreen() {
  const t = useText("account");
  return <Page title={t("title")}>{null}</Page>;
}
