import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useRef,
  useState,
} from "react";
import { useText } from "../../text/text.ts";
import { GridHead } from "./grid-head.tsx";
import { gridKey } from "./grid-keys.ts";
import { GridRow, ROW, RowsToCome } from "./grid-row.tsx";
import type { Asked, Column } from "./portfolio-data.ts";
import type { Selection } from "./selection.ts";
import { useWindows, type Windows } from "./use-windows.ts";
import "./portfolio.css";

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
  // what is seen is drawn at once, the rows around it right after, piece by piece
  const overscan = useDeferredValue(count > 0 ? OVERSCAN : 0);
  // oxlint-disable-next-line react/incompatible-library -- the list is drawn anew by itself
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan,
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

  const onClick = (event: MouseEvent): void => {
    const { target } = event;
    if (!(target instanceof Element) || target.closest("a, button")) return;
    const index = Number(target.closest("[data-row]")?.getAttribute("data-row") ?? Number.NaN);
    if (Number.isNaN(index)) return;
    setActive(index);
    const item = windows.at(index);
    if (!item) return;
    const isCheck = target.closest(".is-check") !== null;
    if (event.shiftKey) select(anchor.current, index);
    else if (isCheck) selection.toggle(item.id);
    else onPreview(item.id);
    if (isCheck) anchor.current = index;
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
          onClick={onClick}
          style={{ opacity: windows.isFirst && count > 0 ? 0.6 : 1 }}
        >
          <GridHead {...props} sort={asked.sort} />
          {windows.isFirst && count === 0 && <RowsToCome />}
          <div
            role="rowgroup"
            style={{ height: virtual.getTotalSize(), position: "relative", minWidth: "100%" }}
          >
            {rows.map(({ index, start }) => {
              const item = windows.at(index);
              return (
                <GridRow
                  key={index}
                  index={index}
                  start={start}
                  item={item}
                  isActive={index === active}
                  isSelected={item !== undefined && selection.has(item.id)}
                  shown={shown}
                  specs={specs}
                  widths={widths}
                  ownerName={props.ownerName}
                  onOnly={props.onOnly}
                />
              );
            })}
          </div>
        </div>
      )}
    </>
  );
}
