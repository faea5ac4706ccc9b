import { useEffect, useMemo, useRef } from "react";
import { isWriting, useShowKeys } from "../../shell/shortcut-keys.tsx";
import { useText } from "../../text/text.ts";
import type { Editing } from "./touch-row.tsx";

export interface TodayKeys {
  readonly walk: (step: 1 | -1) => void;
  readonly open: () => void;
  readonly edit: (editing: Editing) => void;
  /** Takes upon oneself what is nobody's. */
  readonly take: () => void;
  readonly undo: () => void;
  readonly filter: () => void;
  readonly view: () => void;
  /** Closes what is open: the form, else the panel, else the filter. */
  readonly close: () => void;
}

const EDITS: Readonly<Record<string, Editing>> = { d: "done", s: "skip", m: "move", h: "snooze" };
/** Where letters choose or close something else. */
const ELSEWHERE = '[role="dialog"], [role="menu"], [role="listbox"], [role="combobox"]';

/** The keys of the list, wherever on the page one is, unless one writes. */
export function useTodayKeys(keys: TodayKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      if (target instanceof Element && target.closest(ELSEWHERE)) return;
      if (event.key === "Escape") return latest.current.close();
      if (isWriting(target)) return;
      // on a row, as on any button, Enter presses it
      const isOnRow = target instanceof Element && target.closest("button, a") !== null;
      const does =
        event.key === "Enter" && !isOnRow
          ? latest.current.open
          : actionOf(event.key, latest.current);
      if (!does) return;
      event.preventDefault();
      does();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
  useHelp();
}

function actionOf(key: string, keys: TodayKeys): (() => void) | undefined {
  const editing = EDITS[key];
  if (editing) return () => keys.edit(editing);
  switch (key) {
    case "j":
    case "ArrowDown":
      return () => keys.walk(1);
    case "k":
    case "ArrowUp":
      return () => keys.walk(-1);
    case "o":
      return keys.open;
    case "t":
      return keys.take;
    case "u":
      return keys.undo;
    case "/":
      return keys.filter;
    case "w":
      return keys.view;
    default:
      return undefined;
  }
}

function useHelp(): void {
  const t = useText("today");
  const group = useMemo(
    () => ({
      title: t("title"),
      keys: [
        { keys: "j k", does: t("keyWalk") },
        { keys: "Enter", does: t("keyOpen") },
        { keys: "d", does: t("keyDone") },
        { keys: "1 … 9", does: t("keyResult") },
        { keys: "s", does: t("keySkip") },
        { keys: "m", does: t("keyMove") },
        { keys: "h", does: t("keySnooze") },
        { keys: "t", does: t("keyTake") },
        { keys: "u", does: t("keyUndo") },
        { keys: "/", does: t("keyFilter") },
        { keys: "w", does: t("keyWeek") },
        { keys: "Esc", does: t("keyClose") },
      ],
    }),
    [t],
  );
  useShowKeys(group);
}
