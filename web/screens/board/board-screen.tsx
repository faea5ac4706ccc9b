import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function BoardScreen() {
  const t = useText("board");
  return <Page title={t("title")}>{null}</Page>;
}
