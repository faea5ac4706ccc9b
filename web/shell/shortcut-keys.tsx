import { useRouter } from "@tanstack/react-router";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useMe } from "../lib/me.ts";
import { later, useEver, usePreload } from "../ui/later.tsx";
import { AfterG } from "./after-g.ts";
import { isPaletteOpening } from "./open-palette.ts";
import { SCREENS } from "./screens.ts";

export interface ShownKey {
  /** As written on the keys: `j`, `Enter`, `g t`. */
  readonly keys: string;
  readonly does: string;
}

export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly ShownKey[];
}

const ShortcutHelp = later(async () => (await import("./shortcut-help.tsx")).ShortcutHelp);

let groups: readonly KeyGroup[] = [];
let open: () => void = () => undefined;
const watchers = new Set<() => void>();

export function openShortcuts(): void {
  open();
}

/** Shows a screen's keys in the help that `?` opens. `group` is kept equal between renderings by useMemo. */
export function useShowKeys(group: KeyGroup): void {
  useEffect(() => {
    groups = [...groups, group];
    for (const watcher of watchers) watcher();
    return () => {
      groups = groups.filter((one) => one !== group);
      for (const watcher of watchers) watcher();
    };
  }, [group]);
}

/** Whether somebody is writing: single letters are text then, not commands. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

/** `?` for help, `g` and a letter for a screen. */
export function ShortcutKeys() {
  const me = useMe();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const wasOpen = useEver(isOpen);
  usePreload(ShortcutHelp);
  const shown = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => groups,
  );
  useEffect(() => {
    open = () => setOpen(true);
    const afterG = new AfterG();
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      if (isPaletteOpening(event)) return;
      if (event.key === "?") {
        setOpen(true);
        event.preventDefault();
        return;
      }
      if (!afterG.follows(event.key, event.timeStamp)) return;
      const screen = SCREENS.find(({ letter, needs }) => letter === event.key && me.may(needs));
      if (screen) {
        event.preventDefault();
        event.stopImmediatePropagation();
        router.history.push(screen.to);
      }
    };
    // before the screen's own keys, so that `g t` is not taken for `t`
    window.addEventListener("keydown", pressed, true);
    return () => window.removeEventListener("keydown", pressed, true);
  }, [me, router]);
  return wasOpen ? (
    <ShortcutHelp groups={shown} isOpen={isOpen} onClose={() => setOpen(false)} />
  ) : null;
}
