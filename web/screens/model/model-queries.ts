import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "../../lib/api.ts";
import { Problem } from "../../lib/problem.ts";

export const modelQuery = (version: number | "live") =>
  queryOptions({
    queryKey: ["models", version],
    queryFn: async () => {
      try {
        return await ask(api.GET("/api/models/{version}", { params: { path: { version } } }));
      } catch (error) {
        // before the first one there is nothing to show, which is no fault
        if (error instanceof Problem && error.code === "no-model") return null;
        throw error;
      }
    },
  });

export const versionsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: () => ask(api.GET("/api/models")),
});

export const changesQuery = queryOptions({
  queryKey: ["models", "changes"],
  queryFn: () => ask(api.GET("/api/models/changes")),
});

export const scenariosQuery = queryOptions({
  queryKey: ["models", "scenarios"],
  queryFn: () => ask(api.GET("/api/models/scenarios")),
});

export const draftQuery = queryOptions({
  queryKey: ["draft"],
  queryFn: () => ask(api.GET("/api/models/draft")),
  // what is typed here is newer than what is kept there
  staleTime: Infinity,
  gcTime: 0,
});

export const overviewQuery = queryOptions({
  queryKey: ["overview", "model"],
  queryFn: () => ask(api.GET("/api/overview")),
});

export const overlapsQuery = queryOptions({
  queryKey: ["segments", "overlaps"],
  queryFn: () => ask(api.GET("/api/segments/overlaps")),
});

export const lifecycleQuery = queryOptions({
  queryKey: ["lifecycle"],
  queryFn: () => ask(api.GET("/api/lifecycle")),
});
