import type { Icon } from "@tabler/icons-react";
import type { Access } from "../lib/me.ts";
import type { Catalogue } from "../text/catalogue.ts";
import {
  IconAdjustments,
  IconChartBar,
  IconLayoutKanban,
  IconListCheck,
  IconSend,
  IconSettings,
  IconTable,
  IconUpload,
  IconUsers,
} from "../ui/icons.ts";

export interface ScreenLink {
  readonly to: string;
  readonly text: keyof Catalogue["common"];
  readonly icon: Icon;
  /** `g` and then this letter goes there. */
  readonly letter: string;
  /** The least access that has anything to do there. */
  readonly needs: Access;
}

/** The navigation, in the order of a day's use. */
export const SCREENS: readonly ScreenLink[] = [
  { to: "/today", text: "navToday", icon: IconListCheck, letter: "t", needs: "csm" },
  { to: "/portfolio", text: "navPortfolio", icon: IconTable, letter: "p", needs: "csm" },
  { to: "/board", text: "navBoard", icon: IconLayoutKanban, letter: "b", needs: "csm" },
  { to: "/overview", text: "navOverview", icon: IconChartBar, letter: "o", needs: "csm" },
  { to: "/capacity", text: "navCapacity", icon: IconUsers, letter: "c", needs: "csm" },
  { to: "/model", text: "navModel", icon: IconAdjustments, letter: "m", needs: "csm" },
  { to: "/outbox", text: "navOutbox", icon: IconSend, letter: "x", needs: "csm" },
  { to: "/imports", text: "navImports", icon: IconUpload, letter: "i", needs: "ops" },
  { to: "/settings", text: "navSettings", icon: IconSettings, letter: "s", needs: "csm" },
];
