import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, ask } from "../../lib/api.ts";
import { useLive } from "../../lib/live.ts";
import { useWorkspace } from "../../lib/me.ts";
import { type FlowKind, type OverviewSearch, periodStart } from "./overview-search.ts";
import { type Rows, rowsText } from "./rows.ts";

const KEY = "overview";

/** What the address says, the days it means, and how to change it. */
export function useOverviewView() {
  const search = useSearch({ from: "/overview" });
  const navigate = useNavigate({ from: "/overview" });
  const { today } = useWorkspace();
  const period = search.period ?? "90";
  const change = (next: Partial<OverviewSearch>, replace = true) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace });
  return {
    search,
    today,
    period,
    from: periodStart(period, today),
    change,
    open: (rows: Rows) => change({ rows: rowsText(rows) }, false),
  };
}

export function useOverview(since: string) {
  useLive(["accounts", "touches", "models", "team"], [[KEY]]);
  return useQuery({
    queryKey: [KEY, "now", since],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/overview", { params: { query: { since, in_need: 8 } }, signal })),
    placeholderData: (before) => before,
  });
}

export function useFlows(of: FlowKind, from: string, by?: "quarter") {
  return useQuery({
    queryKey: [KEY, "flows", of, from, by],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/overview/flows", {
          params: { query: { of, from, ...(by === undefined ? {} : { by }) } },
          signal,
        }),
      ),
    placeholderData: (before) => before,
  });
}

export function useRenewals() {
  return useQuery({
    queryKey: [KEY, "renewals"],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/overview/renewals", { params: { query: { quarters: 2 } }, signal })),
  });
}

export function useTallies(from: string) {
  return useQuery({
    queryKey: [KEY, "touches", from],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/overview/touches", { params: { query: { from } }, signal })),
    placeholderData: (before) => before,
  });
}
