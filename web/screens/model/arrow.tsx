import { IconArrowRight } from "../../ui/icons.ts";
import { useText } from "../../text/text.ts";

/** From one thing to another. */
export function Arrow() {
  const t = useText("model");
  return (
    <>
      {" "}
      <IconArrowRight
        size={12}
        aria-label={t("to")}
        role="img"
        style={{ verticalAlign: -1 }}
      />{" "}
    </>
  );
}
