import { useMantineColorScheme } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { useMe } from "../lib/me.ts";
import { chooseLanguage, type Language, LANGUAGES, useText } from "../text/text.ts";
import { openShortcuts } from "./shortcut-keys.tsx";
import { useSignOut } from "./sign-out.ts";

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

/** What the open screen, or a part of it, offers in the command palette while it is there. */
export function useOfferCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const labels = JSON.stringify(commands.map(({ label }) => label));
  useEffect(() => {
    const mine = (JSON.parse(labels) as string[]).map((label, place) => ({
      label,
      run: () => latest.current[place]?.run(),
    }));
    offer([...offered, ...mine]);
    return () => offer(offered.filter((one) => !mine.includes(one as (typeof mine)[number])));
  }, [labels]);
}

/** All commands there are now: the screen's own, then those that are always there. */
export function useCommands(): readonly Command[] {
  const t = useText("common");
  const { setColorScheme } = useMantineColorScheme();
  const me = useMe();
  const { history } = useRouter();
  const signOut = useSignOut();
  const goTo = (place: string) => () => history.push(place);
  const ofScreen = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => offered,
  );
  return [
    ...ofScreen,
    ...(me.may("ops")
      ? [
          { label: t("commandPlan"), run: goTo("/model?tab=plan") },
          { label: t("commandImport"), run: goTo("/imports?view=new") },
          { label: t("commandPauses"), run: goTo("/outbox?view=pauses") },
        ]
      : []),
    { label: `${t("theme")}: ${t("themeLight")}`, run: () => setColorScheme("light") },
    { label: `${t("theme")}: ${t("themeDark")}`, run: () => setColorScheme("dark") },
    { label: `${t("theme")}: ${t("themeAuto")}`, run: () => setColorScheme("auto") },
    ...(Object.keys(LANGUAGES) as Language[]).map((language) => ({
      label: `${t("language")}: ${LANGUAGES[language]}`,
      run: () => void chooseLanguage(language),
    })),
    { label: t("keyboard"), run: openShortcuts },
    { label: t("signOut"), run: signOut },
  ];
}
