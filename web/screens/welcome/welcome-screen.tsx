import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function WelcomeScreen() {
  const t = useText("welcome");
  return <Page title={t("title")}>{null}</Page>;
}
