import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function SettingsScreen() {
  const t = useText("settings");
  return <Page title={t("title")}>{null}</Page>;
}
