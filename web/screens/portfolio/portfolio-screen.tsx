import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";

export function PortfolioScreen() {
  const t = useText("portfolio");
  return <Page title={t("title")}>{null}</Page>;
}
