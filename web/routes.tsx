import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { askAhead } from "./lib/queries.ts";
import { parseSearch, type RawSearch, stringifySearch } from "./lib/search.ts";
import { todayQuery } from "./screens/today/today-queries.ts";
import { readTodaySearch } from "./screens/today/today-search.ts";
import { columnsQuery, viewsQuery } from "./screens/portfolio/portfolio-data.ts";
import { readPortfolioSearch } from "./screens/portfolio/portfolio-search.ts";
import { readBoardSearch } from "./screens/board/board-search.ts";
import { accountQuery } from "./screens/account/account-queries.ts";
import { readAccountSearch } from "./screens/account/account-search.ts";
import { readOverviewSearch } from "./screens/overview/overview-search.ts";
import { readCapacitySearch } from "./screens/capacity/capacity-search.ts";
import { readModelSearch } from "./screens/model/model-search.ts";
import { readOutboxSearch } from "./screens/outbox/outbox-search.ts";
import { readImportsSearch } from "./screens/imports/imports-search.ts";
import { readSettingsSearch } from "./screens/settings/settings-search.ts";
import { readWelcomeSearch } from "./screens/welcome/welcome-search.ts";
import { NotFound } from "./shell/not-found.tsx";
import { Shell } from "./shell/shell.tsx";
import { withTexts } from "./text/text.ts";
import { Failed } from "./ui/failed.tsx";
import { later } from "./ui/later.tsx";
import { Loading } from "./ui/loading.tsx";
import { explainQuery } from "./ui/why/explained.ts";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    // oxlint-disable-next-line typescript/only-throw-error -- how the router is told
    throw redirect({ to: "/today", replace: true });
  },
});

/** A screen that cannot be loaded says so inside the shell, and comes once the server is there again. */
function screen<Part extends Record<Name, ComponentType>, Name extends string>(
  load: () => Promise<Part>,
  name: Name,
) {
  return later(async () => (await load())[name], <Loading />);
}

// One entry a screen; its code and texts are loaded when it is opened or about to be.
const today = createRoute({
  getParentRoute: () => root,
  path: "/today",
  validateSearch: (raw: Record<string, unknown>) => readTodaySearch(raw as RawSearch),
  // asked for while the screen's code is on its way; the screen says what went wrong
  beforeLoad: ({ search }) => askAhead(todayQuery(search.owner)),
  component: screen(
    withTexts(["today"], () => import("./screens/today/today-screen.tsx")),
    "TodayScreen",
  ),
});
const portfolio = createRoute({
  getParentRoute: () => root,
  path: "/portfolio",
  validateSearch: (raw: Record<string, unknown>) => readPortfolioSearch(raw as RawSearch),
  beforeLoad: () => {
    askAhead(columnsQuery);
    askAhead(viewsQuery);
  },
  component: screen(
    withTexts(["portfolio"], () => import("./screens/portfolio/portfolio-screen.tsx")),
    "PortfolioScreen",
  ),
});
const board = createRoute({
  getParentRoute: () => root,
  path: "/board",
  validateSearch: (raw: Record<string, unknown>) => readBoardSearch(raw as RawSearch),
  component: screen(
    withTexts(["board", "portfolio"], () => import("./screens/board/board-screen.tsx")),
    "BoardScreen",
  ),
});
const account = createRoute({
  getParentRoute: () => root,
  path: "/accounts/$account",
  validateSearch: (raw: Record<string, unknown>) => readAccountSearch(raw as RawSearch),
  beforeLoad: ({ params, search }) => {
    askAhead(accountQuery(params.account));
    askAhead(explainQuery(params.account, search.at));
  },
  component: screen(
    withTexts(["account", "why"], () => import("./screens/account/account-screen.tsx")),
    "AccountScreen",
  ),
});
const overview = createRoute({
  getParentRoute: () => root,
  path: "/overview",
  validateSearch: (raw: Record<string, unknown>) => readOverviewSearch(raw as RawSearch),
  component: screen(
    withTexts(["overview"], () => import("./screens/overview/overview-screen.tsx")),
    "OverviewScreen",
  ),
});
const capacity = createRoute({
  getParentRoute: () => root,
  path: "/capacity",
  validateSearch: (raw: Record<string, unknown>) => readCapacitySearch(raw as RawSearch),
  component: screen(
    withTexts(["capacity"], () => import("./screens/capacity/capacity-screen.tsx")),
    "CapacityScreen",
  ),
});
const model = createRoute({
  getParentRoute: () => root,
  path: "/model",
  validateSearch: (raw: Record<string, unknown>) => readModelSearch(raw as RawSearch),
  component: screen(
    withTexts(["model"], () => import("./screens/model/model-screen.tsx")),
    "ModelScreen",
  ),
});
const outbox = createRoute({
  getParentRoute: () => root,
  path: "/outbox",
  validateSearch: (raw: Record<string, unknown>) => readOutboxSearch(raw as RawSearch),
  component: screen(
    withTexts(["outbox"], () => import("./screens/outbox/outbox-screen.tsx")),
    "OutboxScreen",
  ),
});
const imports = createRoute({
  getParentRoute: () => root,
  path: "/imports",
  validateSearch: (raw: Record<string, unknown>) => readImportsSearch(raw as RawSearch),
  component: screen(
    withTexts(["imports"], () => import("./screens/imports/imports-screen.tsx")),
    "ImportsScreen",
  ),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: (raw: Record<string, unknown>) => readSettingsSearch(raw as RawSearch),
  component: screen(
    withTexts(["settings"], () => import("./screens/settings/settings-screen.tsx")),
    "SettingsScreen",
  ),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: (raw: Record<string, unknown>) => readWelcomeSearch(raw as RawSearch),
  component: screen(
    withTexts(["welcome"], () => import("./screens/welcome/welcome-screen.tsx")),
    "WelcomeScreen",
  ),
});

const routeTree = root.addChildren([
  home,
  today,
  portfolio,
  board,
  account,
  overview,
  capacity,
  model,
  outbox,
  imports,
  settings,
  welcome,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => <Failed error={error as Error} retry={reset} />,
  defaultPendingMs: 150,
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
