import { Box, Center, Loader } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense } from "react";
import { useLive } from "../lib/live.ts";
import { meQuery, useMe, workspaceQuery, useWorkspace } from "../lib/me.ts";
import { useOnceBack } from "../lib/once-back.ts";
import { Problem } from "../lib/problem.ts";
import { useText } from "../text/text.ts";
import { Failed } from "../ui/failed.tsx";
import { later, usePreload } from "../ui/later.tsx";
import { Loading } from "../ui/loading.tsx";
import { popUps } from "../ui/pop-up.tsx";
import { TipHost } from "../ui/tip-host.tsx";
import { Header } from "./header.tsx";
import { Navigation } from "./navigation.tsx";
import { NewVersionBanner } from "./new-version-banner.tsx";
import { usePaletteWanted } from "./open-palette.ts";
import { OfflineBanner } from "./offline-banner.tsx";
import { PausedBanner } from "./paused-banner.tsx";
import { ShortcutKeys } from "./shortcut-keys.tsx";
import { useReturn } from "./return-to.ts";
import "./shell.css";
import { WaitingBar } from "./waiting-bar.tsx";

/** Not needed for the first picture. */
const Palette = later(async () => (await import("./palette.tsx")).Palette);
const SignIn = later(async () => (await import("./sign-in.tsx")).SignIn);

/** What stands around every screen; nobody gets past it who is not signed in. */
export function Shell() {
  const me = useQuery(meQuery);
  const workspace = useQuery({ ...workspaceQuery, enabled: me.isSuccess });
  const problem = me.error ?? workspace.error;
  const isSignedOut = problem instanceof Problem && problem.status === 401;
  // what is there stays while it cannot be asked again: the header says that the server is away
  const isThere = me.data !== undefined && workspace.data !== undefined;
  const isAway = !isThere && problem !== null && !isRefusal(problem);
  const retry = (): void => void (me.error ? me : workspace).refetch();
  useOnceBack(isAway, retry);
  if (isSignedOut) return <SignIn />;
  if (isThere) return <Frame />;
  if (problem) return <Failed error={problem} retry={retry} />;
  return (
    <Center h="100dvh">
      <Loader size="sm" color="teal" />
    </Center>
  );
}

/** The server has its reasons, which waiting does not change. */
function isRefusal(problem: Error): boolean {
  return problem instanceof Problem && problem.status < 500;
}

/** Before any model is live there is one thing to do, for those who may. */
const BEFORE_A_MODEL = ["/welcome", "/settings", "/imports", "/model"];

function Frame() {
  const t = useText("common");
  const me = useMe();
  const { model } = useWorkspace();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const [isNarrow, setNarrow] = useLocalStorage({ key: "touchstone-narrow", defaultValue: false });
  useLive(["models"], [["workspace"]]);
  useReturn();
  const isPaletteWanted = usePaletteWanted();
  usePreload(popUps);
  if (model === null && !BEFORE_A_MODEL.some((one) => path.startsWith(one)))
    return <Navigate to="/welcome" replace />;
  return (
    <div className="shell" data-narrow={isNarrow}>
      <a className="skip-link" href="#content">
        {t("skipToContent")}
      </a>
      <header className="shell-header no-print">
        <Header />
      </header>
      <div className="shell-nav no-print">
        <Navigation isNarrow={isNarrow} onNarrow={setNarrow} access={me.access} />
      </div>
      <main className="shell-main">
        <Box id="content" tabIndex={-1} style={{ outline: "none" }}>
          <OfflineBanner />
          <NewVersionBanner />
          <PausedBanner />
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Box>
      </main>
      <WaitingBar />
      {isPaletteWanted && <Palette />}
      <ShortcutKeys />
      <TipHost />
    </div>
  );
}
