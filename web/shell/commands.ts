import { useMantineColorScheme } from "@mantine/core";
import { useEffect, useSyncExternalStore } from "react";
import { chooseLanguage, type Language, LANGUAGES, useText } from "../text/text.ts";
import { openShortcuts } from "./shortcut-keys.tsx";

export interface Command {
  readonly label: string;
  readonly run: () => void;
}

let offered: readonly Command[] = [];
const watchers = new Set<() => void>();

function offer(commands: readonly Command[]): void {
  offered = commands;
  for (const watcher of watchers) watcher();
}

/** What the open screen offers in the command palette. `commands` is kept equal between renderings by useMemo. */
export function useOfferCommands(commands: readonly Command[]): void {
  useEffect(() => {
    offer([...offered, ...commands]);
    return () => offer(offered.filter((one) => !commands.includes(one)));
  }, [commands]);
}

/** All commands there are now: the screen's own, then those that are always there. */
export function useCommands(): readonly Command[] {
  const t = useText("common");
  const { setColorScheme } = useMantineColorScheme();
  const ofScreen = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => offered,
  );
  return [
    ...ofScreen,
    { label: `${t("theme")}: ${t("themeLight")}`, run: () => setColorScheme("light") },
    { label: `${t("theme")}: ${t("themeDark")}`, run: () => setColorScheme("dark") },
    { label: `${t("theme")}: ${t("themeAuto")}`, run: () => setColorScheme("auto") },
    ...(Object.keys(LANGUAGES) as Language[]).map((language) => ({
      label: `${t("language")}: ${LANGUAGES[language]}`,
      run: () => void chooseLanguage(language),
    })),
    { label: t("keyboard"), run: openShortcuts },
  ];
}
