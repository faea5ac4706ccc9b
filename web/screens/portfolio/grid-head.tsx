import { Checkbox, UnstyledButton } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useText } from "../../text/text.ts";
import { IconArrowDown, IconArrowUp } from "../../ui/icons.ts";
import { widthOf } from "./column-choice.ts";
import { ColumnResize, inBounds } from "./column-resize.tsx";
import { isNumber } from "./grid-row.tsx";
import type { Column } from "./portfolio-data.ts";
import type { Selection } from "./selection.ts";
import { useColumnNames } from "./use-column-names.ts";

interface HeadProps {
  readonly sort: string | undefined;
  readonly shown: readonly string[];
  readonly specs: ReadonlyMap<string, Column>;
  readonly widths: ReadonlyMap<string, number>;
  readonly selection: Selection;
  readonly onSort: (column: string) => void;
  readonly onWidth: (column: string, width: number | null) => void;
}

/** The columns' headings: click to sort, drag the edge (or shift with the arrows) to widen. */
export function GridHead({ sort, shown, specs, widths, selection, onSort, onWidth }: HeadProps) {
  const t = useText("portfolio");
  const nameOf = useColumnNames();
  const heads: readonly (readonly [column: string, sort: string, text: string])[] = [
    ["name", "name", t("columns.account_name")],
    ...shown.map((column) => [column, column, nameOf(column)] as const),
  ];
  return (
    <div
      role="rowgroup"
      style={{ position: "sticky", top: 0, zIndex: 3, width: "max-content", minWidth: "100%" }}
    >
      <div className="grid-head" role="row" aria-rowindex={1}>
        <div role="columnheader" style={{ width: 38, flex: "none", paddingLeft: 12 }}>
          <Checkbox
            aria-label={t("selectAll")}
            checked={selection.isAll}
            indeterminate={!selection.isAll && selection.ids.size > 0}
            onChange={() => (selection.isAll ? selection.clear() : selection.all())}
          />
        </div>
        {heads.map(([column, by, text]) => {
          const isUp = sort === by;
          const isDown = sort === `-${by}`;
          const cannotSort = column === "segments";
          return (
            <div
              key={column}
              role="columnheader"
              aria-sort={isUp ? "ascending" : isDown ? "descending" : "none"}
              style={{
                width: widthOf(column, widths),
                flex: "none",
                justifyContent: isNumber(specs.get(column)) ? "flex-end" : "flex-start",
              }}
            >
              {cannotSort ? (
                <span
                  style={{ fontSize: 12, fontWeight: 600, color: "var(--mantine-color-dimmed)" }}
                >
                  {text}
                </span>
              ) : (
                <UnstyledButton
                  className="head-sort"
                  onClick={() => onSort(by)}
                  onKeyDown={(event) => {
                    const wider = widerBy(event);
                    if (wider === 0) return;
                    event.preventDefault();
                    onWidth(column, inBounds(widthOf(column, widths) + wider));
                  }}
                  title={text}
                >
                  <span>{text}</span>
                  {isUp && <IconArrowUp size={13} aria-hidden style={{ flex: "none" }} />}
                  {isDown && <IconArrowDown size={13} aria-hidden style={{ flex: "none" }} />}
                </UnstyledButton>
              )}
              <ColumnResize
                width={widthOf(column, widths)}
                onWidth={(width) => onWidth(column, width)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Shift with the arrows: the column whose heading has the focus, wider or narrower. */
function widerBy({ key, shiftKey }: KeyboardEvent): number {
  if (!shiftKey) return 0;
  return key === "ArrowRight" ? 20 : key === "ArrowLeft" ? -20 : 0;
}
