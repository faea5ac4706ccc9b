import { useCallback, useEffect, useRef, useState } from "react";
import { keepDraft } from "./drafts.ts";
import { activeAfter, keepPlaces } from "./keep-places.ts";
import type { ToDo } from "./today-queries.ts";
import type { Editing } from "./touch-row.tsx";
import type { ShownLists } from "./use-today-lists.ts";
import { useDeed, type Waiting } from "./use-waiting.ts";
import type { Deed, WaitingChange } from "./waiting-changes.ts";

/** Where one is in the list, what one is at, and what is done with it. */
export interface Working {
  readonly lists: ShownLists;
  /** As they are shown: nothing moves away under somebody's hand. */
  readonly rows: Readonly<Record<"due" | "thisWeek" | "open", readonly ToDo[]>>;
  readonly active: string | null;
  readonly editing: { readonly row: ToDo; readonly kind: Editing } | null;
  readonly isSnoozedOpen: boolean;
  readonly isDoneOpen: boolean;
  readonly setSnoozedOpen: (isOpen: boolean) => void;
  readonly setDoneOpen: (isOpen: boolean) => void;
  readonly setActive: (touch: string) => void;
  readonly walk: (step: 1 | -1) => string | null;
  readonly edit: (row: ToDo, kind: Editing) => void;
  readonly stopEditing: () => void;
  readonly save: (row: ToDo, deed: Deed) => void;
  readonly undo: (change?: WaitingChange) => void;
  readonly keepButton: (touch: string) => (button: HTMLButtonElement | null) => void;
}

export function useWorking(
  lists: ShownLists,
  waiting: Waiting,
  opened: string | undefined,
): Working {
  const doIt = useDeed();
  const [chosen, setChosen] = useState<string | null>(opened ?? null);
  const [places, setPlaces] = useState<readonly string[]>([]);
  const [editing, setEditing] = useState<Working["editing"]>(null);
  const [isSnoozedOpen, setSnoozedOpen] = useState(false);
  const [isDoneOpen, setDoneOpen] = useState(false);
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const [focused, setFocused] = useState(0);
  const rows = shownRows(lists, places, chosen, editing?.row ?? null);
  const all = [...rows.due, ...rows.thisWeek, ...rows.open];
  const active = activeAfter(places, all, chosen);
  const ids = all.map(({ id }) => id).join("\n");
  useEffect(() => setPlaces(ids === "" ? [] : ids.split("\n")), [ids]);
  useEffect(() => setChosen(active), [active]);
  const focus = useCallback(() => setFocused((times) => times + 1), []);
  useEffect(() => {
    if (focused > 0 && active !== null) buttons.current.get(active)?.focus();
    // oxlint-disable-next-line react/exhaustive-deps -- only when somebody has asked for it
  }, [focused]);
  const walk = (step: 1 | -1): string | null => {
    const at = all.findIndex(({ id }) => id === active);
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    if (!next) return null;
    setChosen(next.id);
    focus();
    return next.id;
  };
  const stopEditing = (): void => {
    setEditing(null);
    focus();
  };
  const save = (row: ToDo, deed: Deed): void => {
    setEditing(null);
    if (row.id === active) {
      // also where it only goes further down: the next one is to be done next
      const at = all.findIndex(({ id }) => id === row.id);
      setChosen((all[at + 1] ?? all[at - 1])?.id ?? null);
    }
    doIt(row, deed);
    focus();
  };
  const undo = (change?: WaitingChange): void => {
    const last = change ?? waiting.list.findLast((one) => waiting.all.canUndo(one));
    if (!last || !waiting.all.undo(last.key)) return;
    keepDraft(last.touch, last.deed);
    setChosen(last.touch);
    focus();
  };
  return {
    lists,
    rows,
    active,
    editing,
    isSnoozedOpen,
    isDoneOpen,
    setSnoozedOpen,
    setDoneOpen,
    setActive: setChosen,
    walk,
    edit: (row, kind) => {
      if (!row.may_change) return;
      setChosen(row.id);
      setEditing({ row, kind });
    },
    stopEditing,
    save,
    undo,
    keepButton: (touch) => (button) => {
      if (button) buttons.current.set(touch, button);
      else buttons.current.delete(touch);
    },
  };
}

/** What somebody writes about stays, even where it has left the list meanwhile. */
function shownRows(
  { due, thisWeek, open }: ShownLists,
  places: readonly string[],
  active: string | null,
  edited: ToDo | null,
): Working["rows"] {
  const isThere =
    edited === null || [...due, ...thisWeek, ...open].some(({ id }) => id === edited.id);
  const held = isThere || edited === null ? due : [edited, ...due];
  return { due: keepPlaces(places, held, active), thisWeek, open };
}
