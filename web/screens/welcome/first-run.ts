import { queryOptions, useQuery } from "@tanstack/react-query";
import { useAct } from "../../lib/act.ts";
import { api, ask } from "../../lib/api.ts";
import type { components } from "../../lib/api-types.ts";
import { workspaceQuery } from "../../lib/me.ts";
import type { Step } from "./welcome-search.ts";

export type FirstRun = components["schemas"]["FirstRun"];
export type FirstRunChoice = components["schemas"]["FirstRunChoiceInput"];

export const ASK_AGAIN_MS = 700;

export function isLoadingDemo({ demo }: FirstRun): boolean {
  return demo !== null && demo.phase !== "done" && demo.phase !== "failed";
}

/** How far the workspace is: the database knows, whoever left off where. */
export const firstRunQuery = queryOptions({
  queryKey: ["first-run"],
  queryFn: () => ask(api.GET("/api/first-run")),
  refetchInterval: ({ state }) =>
    state.data && (isLoadingDemo(state.data) || state.data.undecided > 0)
      ? ASK_AGAIN_MS
      : (false as const),
});

/** The step that comes next, by what is there. */
export function nextStep({ choice, accounts }: FirstRun): Step {
  if (choice === null) return "model";
  return accounts === 0 ? "data" : "facts";
}

export function useChoose(onDone?: () => void) {
  return useAct({
    run: (choice: FirstRunChoice) => ask(api.PUT("/api/first-run", { body: choice })),
    refresh: [firstRunQuery.queryKey, ["templates"], ["first-plan"]],
    ...(onDone ? { onDone } : {}),
  });
}

export function useNeeds(template: string) {
  return useQuery({
    queryKey: ["templates", template, "needs"],
    queryFn: () =>
      ask(api.GET("/api/templates/{template}/needs", { params: { path: { template } } })),
  });
}

export const WORKSPACE_KEYS = [workspaceQuery.queryKey, firstRunQuery.queryKey] as const;
