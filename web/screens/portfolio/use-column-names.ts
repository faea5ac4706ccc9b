import { useText } from "../../text/text.ts";
import { headingOf, namedColumn } from "./column-choice.ts";

/** What a column is called. */
export function useColumnNames(): (column: string) => string {
  const t = useText("portfolio");
  return (column) => {
    const named = namedColumn(column);
    // a dot in a key would be a step deeper
    return named ? t(`columns.${named.replaceAll(".", "_") as "level"}`) : headingOf(column);
  };
}
