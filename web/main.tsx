import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import "./app.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { meQuery, workspaceQuery } from "./lib/me.ts";
import { watchForNewVersion } from "./lib/new-version.ts";
import { askAhead, queries } from "./lib/queries.ts";
import { router } from "./routes.tsx";
import { Notices } from "./shell/notices.tsx";
import { initTexts } from "./text/text.ts";
import { cssVariables, theme } from "./theme.ts";

watchForNewVersion();
askAhead(meQuery);
askAhead(workspaceQuery);
await initTexts();
const root = document.getElementById("root");
if (!root) throw new Error("the page has no place for the app");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <RouterProvider router={router} />
        <Notices />
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
