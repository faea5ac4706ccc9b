import { queryOptions } from "@tanstack/react-query";
import type { components } from "../../lib/api-types.ts";
import { api, ask } from "../../lib/api.ts";
import { given } from "../../lib/given.ts";

type Schemas = components["schemas"];
export type Today = Schemas["Today"];
export type ToDo = Schemas["ToDo"];
export type Brief = Schemas["TouchBrief"];
export type Asked = Schemas["Asked"];
export type Load = NonNullable<Today["load"]>;
export type Result = ToDo["results"][number];

export const TODAY = ["today"] as const;
export const BRIEF = ["touch-brief"] as const;

/** @param owner a member's id or `all`; undefined: whoever asks */
export function todayQuery(owner: string | undefined) {
  return queryOptions({
    queryKey: [...TODAY, owner ?? ""],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/today", { params: { query: given({ owner }) }, signal })),
    // midnight and the end of what is snoozed come by themselves
    refetchInterval: 60_000,
  });
}

export function briefQuery(touch: string) {
  return queryOptions({
    queryKey: [...BRIEF, touch],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/touches/{touch}/brief", { params: { path: { touch } }, signal })),
  });
}

export const teamQuery = queryOptions({
  queryKey: ["team"],
  queryFn: ({ signal }) => ask(api.GET("/api/team", { signal })),
  staleTime: 60_000,
});
