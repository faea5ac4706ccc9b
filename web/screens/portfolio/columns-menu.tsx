import { Button, Loader } from "@mantine/core";
import { useText } from "../../text/text.ts";
import { IconColumns } from "../../ui/icons.ts";
import { later, usePreload } from "../../ui/later.tsx";
import { PopUp } from "../../ui/pop-up.tsx";
import type { ColumnChoice } from "./columns-panel.tsx";

const ColumnsPanel = later(
  async () => (await import("./columns-panel.tsx")).ColumnsPanel,
  <Loader size="sm" m="md" color="gray" />,
);

/** The button that opens which columns are shown. */
export function ColumnsMenu(choice: ColumnChoice) {
  const t = useText("portfolio");
  usePreload(ColumnsPanel);
  return (
    <PopUp
      position="bottom-end"
      trapFocus
      padding="xs"
      renderButton={(opener) => (
        <Button {...opener} variant="default" leftSection={<IconColumns size={14} aria-hidden />}>
          {t("chooseColumns")}
        </Button>
      )}
    >
      <ColumnsPanel {...choice} />
    </PopUp>
  );
}
