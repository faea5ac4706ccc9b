import { Checkbox, Skeleton, UnstyledButton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { IconArrowDown, IconArrowUp } from "../../ui/icons.ts";
import { Cell } from "./cell.tsx";
import { widthOf } from "./column-choice.ts";
import { ColumnResize, inBounds } from "./column-resize.tsx";
import { gridKey } from "./grid-keys.ts";
import type { Asked, Column, PortfolioItem } from "./portfolio-data.ts";
import type { Selection } from "./selection.ts";
import { useColumnNames } from "./use-column-names.ts";
import { useWindows, type Windows } from "./use-windows.ts";
import "./portfolio.css";

const ROW = 38;
/** Rows drawn above and below what is seen. */
const OVERSCAN = 6;

interface GridProps {
  readonly asked: Asked;
  readonly shown: readonly string[];
  readonly specs: ReadonlyMap<string, Column>;
  readonly widths: ReadonlyMap<string, number>;
  readonly selection: Selection;
  readonly ownerName: (id: string) => string;
  readonly onSort: (column: string) => void;
  readonly onOnly: (column: string, value: string | boolean | null) => void;
  readonly onOpen: (id: string) => void;
  readonly onPreview: (id: string) => void;
  readonly onWidth: (column: string, width: number | null) => void;
  /** The ids of rows `from` to `to`, for ranges that reach beyond what is here. */
  readonly idsOf: (from: number, to: number) => Promise<readonly string[]>;
  /** Told how many there are, for what stands around the list. */
  readonly children: (windows: Windows) => ReactNode;
  readonly empty: ReactNode;
}

/** All accounts that match, of which only those in sight are drawn. */
export function AccountGrid(props: GridProps) {
  const { asked, shown, specs, widths, selection, onOpen, onPreview, empty, children } = props;
  const t = useText("portfolio");
  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ from: 0, to: 30, isDown: true });
  const [active, setActive] = useState(0);
  const anchor = useRef(0);
  const windows = useWindows(asked, range);
  const count = windows.rows;
  // oxlint-disable-next-line react/incompatible-library -- the list is drawn anew by itself
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    scrollPaddingStart: 36,
  });
  const rows = virtual.getVirtualItems();
  const from = rows[0]?.index ?? 0;
  const to = rows.at(-1)?.index ?? 0;
  useEffect(() => setRange((before) => ({ from, to, isDown: from >= before.from })), [from, to]);
  const question = JSON.stringify([asked.filter, asked.sort]);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActive(0);
    anchor.current = 0;
  }, [question]);

  const select = (first: number, last: number): void => {
    const low = Math.min(first, last);
    void props.idsOf(low, Math.max(first, last)).then((ids) => selection.add(ids));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // keys pressed in a button inside are that button's
    if (event.target !== event.currentTarget) return;
    const item = windows.at(active);
    const step = gridKey(event, { active, count, page: Math.max(1, to - from - OVERSCAN) });
    if (!step) return;
    event.preventDefault();
    if (step.kind === "move") {
      setActive(step.to);
      virtual.scrollToIndex(step.to);
      if (step.selects) select(anchor.current, step.to);
      else anchor.current = step.to;
    } else if (step.kind === "all") selection.all();
    else if (step.kind === "none") selection.clear();
    else if (item && step.kind === "open") onOpen(item.id);
    else if (item && step.kind === "preview") onPreview(item.id);
    else if (item) {
      selection.toggle(item.id);
      anchor.current = active;
    }
  };

  const isEmpty = !windows.isFirst && windows.total === 0;
  return (
    <>
      {children(windows)}
      {isEmpty ? (
        <div className="account-grid">{empty}</div>
      ) : (
        // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- it is focusable; rows are its active descendants
        <div
          ref={scroller}
          className="account-grid"
          role="grid"
          aria-label={t("accounts")}
          aria-rowcount={count + 1}
          aria-colcount={shown.length + 2}
          aria-multiselectable
          aria-busy={windows.isFirst}
          aria-activedescendant={
            active >= from && active <= to && count > 0 ? `account-row-${active}` : undefined
          }
          tabIndex={0}
          onKeyDown={onKeyDown}
          style={{ opacity: windows.isFirst && count > 0 ? 0.6 : 1 }}
        >
          <GridHead {...props} />
          {windows.isFirst && count === 0 && <RowsToCome />}
          <div
            role="rowgroup"
            style={{ height: virtual.getTotalSize(), position: "relative", minWidth: "100%" }}
          >
            {rows.map(({ index, start }) => {
              const item = windows.at(index);
              return (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the list has the keys
                <div
                  key={index}
                  id={`account-row-${index}`}
                  role="row"
                  aria-rowindex={index + 2}
                  aria-selected={item ? selection.has(item.id) : false}
                  className={index === active ? "grid-row is-active" : "grid-row"}
                  style={{ height: ROW, transform: `translateY(${start}px)` }}
                  onClick={(event) => {
                    setActive(index);
                    if (!item) return;
                    if (event.shiftKey) select(anchor.current, index);
                    else onPreview(item.id);
                  }}
                >
                  <div className="grid-sticky">
                    <div className="grid-cell is-check" role="gridcell">
                      {item && (
                        <Checkbox
                          tabIndex={-1}
                          aria-label={t("select", { name: item.name ?? item.id })}
                          checked={selection.has(item.id)}
                          onChange={() => undefined}
                          onClick={(event) => {
                            event.stopPropagation();
                            setActive(index);
                            if (event.shiftKey) select(anchor.current, index);
                            else selection.toggle(item.id);
                            anchor.current = index;
                          }}
                        />
                      )}
                    </div>
                    <div
                      className="grid-cell"
                      role="rowheader"
                      style={{ width: widthOf("name", widths) }}
                    >
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
                          <Cell
                            column={column}
                            spec={spec}
                            item={item}
                            ownerName={props.ownerName}
                            onOnly={props.onOnly}
                          />
                        ) : (
                          <Skeleton height={9} width="55%" />
                        )}
                      </div>
                    );
                  })}
                </div>
              );
            })}
          </div>
        </div>
      )}
    </>
  );
}

/** Shift with the arrows: the column whose heading has the focus, wider or narrower. */
function widerBy({ key, shiftKey }: KeyboardEvent): number {
  if (!shiftKey) return 0;
  return key === "ArrowRight" ? 20 : key === "ArrowLeft" ? -20 : 0;
}

function isNumber(spec: Column | undefined): boolean {
  return spec?.type === "number" && spec.name !== "health";
}

/** The list's shape until its first rows are here. */
function RowsToCome() {
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
      style={{ minWidth: 0, overflow: "hidden", textOverflow: "ellipsis" }}
      onClickCapture={(event) => event.stopPropagation()}
      ref={(place) => place?.querySelector("a")?.setAttribute("tabindex", "-1")}
    >
      <AccountLink id={item.id} name={item.name} />
    </span>
  );
}

function GridHead({ asked, shown, specs, widths, selection, onSort, onWidth }: GridProps) {
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
        {heads.map(([column, sort, text]) => {
          const isUp = asked.sort === sort;
          const isDown = asked.sort === `-${sort}`;
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
                  onClick={() => onSort(sort)}
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
