import { AppShell, Box, Center, Loader } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useLive } from "../lib/live.ts";
import { meQuery, useMe, workspaceQuery, useWorkspace } from "../lib/me.ts";
import { Problem } from "../lib/problem.ts";
import { useText } from "../text/text.ts";
import { Failed } from "../ui/failed.tsx";
import { Loading } from "../ui/loading.tsx";
import { Header } from "./header.tsx";
import { Navigation } from "./navigation.tsx";
import { NewVersionBanner } from "./new-version-banner.tsx";
import { PausedBanner } from "./paused-banner.tsx";
import { SignIn } from "./sign-in.tsx";
import { ShortcutKeys } from "./shortcut-keys.tsx";
import { useReturn } from "./return-to.ts";
import { WaitingBar } from "./waiting-bar.tsx";

/** Not needed for the first picture. */
const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));

/** What stands around every screen; nobody gets past it who is not signed in. */
export function Shell() {
  const me = useQuery(meQuery);
  const workspace = useQuery({ ...workspaceQuery, enabled: me.isSuccess });
  const problem = me.error ?? workspace.error;
  if (problem instanceof Problem && problem.status === 401) return <SignIn />;
  if (problem)
    return <Failed error={problem} retry={() => void (me.error ? me : workspace).refetch()} />;
  if (!me.isSuccess || !workspace.isSuccess)
    return (
      <Center h="100dvh">
        <Loader size="sm" color="teal" />
      </Center>
    );
  return <Frame />;
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
  if (model === null && !BEFORE_A_MODEL.some((one) => path.startsWith(one)))
    return <Navigate to="/welcome" replace />;
  return (
    <AppShell
      layout="alt"
      header={{ height: 48 }}
      navbar={{ width: isNarrow ? 60 : 208, breakpoint: 0 }}
      styles={{
        navbar: { background: "var(--ts-canvas)", borderColor: "var(--ts-border)" },
        header: { background: "var(--ts-canvas)", borderColor: "var(--ts-border)" },
      }}
    >
      <a className="skip-link" href="#content">
        {t("skipToContent")}
      </a>
      <AppShell.Header className="no-print">
        <Header />
      </AppShell.Header>
      <AppShell.Navbar p="xs" className="no-print">
        <Navigation isNarrow={isNarrow} onNarrow={setNarrow} access={me.access} />
      </AppShell.Navbar>
      <AppShell.Main>
        <Box id="content" tabIndex={-1} style={{ outline: "none" }}>
          <NewVersionBanner />
          <PausedBanner />
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Box>
      </AppShell.Main>
      <WaitingBar />
      <Suspense fallback={null}>
        <Palette />
      </Suspense>
      <ShortcutKeys />
    </AppShell>
  );
}
