import { Skeleton } from "@mantine/core";
import { memo } from "react";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Cell } from "./cell.tsx";
import { widthOf } from "./column-choice.ts";
import type { Column, PortfolioItem } from "./portfolio-data.ts";

/** A row's height in pixels. */
export const ROW = 38;

interface RowProps {
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  /** undefined: not here yet. */
  readonly item: PortfolioItem | undefined;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly shown: readonly string[];
  readonly specs: ReadonlyMap<string, Column>;
  readonly widths: ReadonlyMap<string, number>;
  readonly ownerName: (id: string) => string;
  readonly onOnly: (column: string, value: string | boolean | null) => void;
}

/** One account. Clicks are the list's (`data-row`), so that a row is drawn anew only where something in it is another. */
export const GridRow = memo(function GridRow(props: RowProps) {
  const { index, start, item, isActive, isSelected, shown, specs, widths, ...rest } = props;
  const t = useText("portfolio");
  return (
    <div
      id={`account-row-${index}`}
      role="row"
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={isActive ? "grid-row is-active" : "grid-row"}
      style={{ height: ROW, transform: `translateY(${start}px)` }}
    >
      <div className="grid-sticky">
        <div className="grid-cell is-check" role="gridcell">
          {item && (
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={t("select", { name: item.name ?? item.id })}
              checked={isSelected}
              readOnly
            />
          )}
        </div>
        <div className="grid-cell" role="rowheader" style={{ width: widthOf("name", widths) }}>
          {item ? <NameCell item={item} /> : <Skeleton height={9} width="60%" />}
        </div>
      </div>
      {shown.map((column) => {
        const spec = specs.get(column);
        return (
          <div
            key={column}
            role="gridcell"
            className={isNumber(spec) ? "grid-cell is-number" : "grid-cell"}
            style={{ width: widthOf(column, widths) }}
          >
            {item ? (
              <Cell column={column} spec={spec} item={item} {...rest} />
            ) : (
              <Skeleton height={9} width="55%" />
            )}
          </div>
        );
      })}
    </div>
  );
});

export function isNumber(spec: Column | undefined): boolean {
  return spec?.type === "number" && spec.name !== "health";
}

/** The list's shape until its first rows are here. */
export function RowsToCome() {
  return (
    <div aria-hidden style={{ position: "relative" }}>
      {Array.from({ length: 12 }, (_, row) => (
        <div
          key={row}
          className="grid-row"
          style={{ height: ROW, top: row * ROW, alignItems: "center" }}
        >
          <Skeleton height={9} width={row % 3 === 0 ? "70%" : "82%"} mx={12} />
        </div>
      ))}
    </div>
  );
}

function NameCell({ item }: { readonly item: PortfolioItem }) {
  return (
    // the list itself is the one stop for the Tab key
    <span
      className="cell-name"
      ref={(place) => place?.querySelector("a")?.setAttribute("tabindex", "-1")}
    >
      <AccountLink id={item.id} name={item.name} />
    </span>
  );
}
