import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { components } from "../../lib/api-types.ts";
import { api, ask } from "../../lib/api.ts";

type Schemas = components["schemas"];
export type Account = Schemas["Account"];
export type Touch = Schemas["ListedTouch"];
export type Contact = Schemas["ListedContact"];
export type Fact = Schemas["AccountFact"];
export type Note = Schemas["AccountNote"];
export type TimelineEntry =
  | Schemas["TimelineEvent"]
  | Schemas["TimelineMoves"]
  | Schemas["TimelinePerson"];

/** An account and the tag of the version that was read: a change says what it had seen. */
export interface SeenAccount {
  readonly account: Account;
  readonly etag: string;
}

const path = (account: string) => ({ path: { account } });

export function accountQuery(account: string) {
  return queryOptions({
    queryKey: ["account", account, "head"],
    queryFn: async ({ signal }): Promise<SeenAccount> => {
      let etag = "*";
      const asked = api.GET("/api/accounts/{account}", { params: path(account), signal });
      const data = await ask(
        asked.then((answer) => {
          etag = answer.response.headers.get("etag") ?? "*";
          return answer;
        }),
      );
      return { account: data, etag };
    },
  });
}

export function tiesQuery(account: string) {
  return queryOptions({
    queryKey: ["account", account, "ties"],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/accounts/{account}/ties", { params: path(account), signal })),
  });
}

export function factsQuery(account: string, at: string | undefined) {
  return queryOptions({
    queryKey: ["account", account, "facts", at ?? ""],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/accounts/{account}/facts", {
          params: { ...path(account), query: at === undefined ? {} : { at } },
          signal,
        }),
      ),
  });
}

/** Touches of a span of days, as many as a calendar shows. */
export function touchesQuery(account: string, from?: string, to?: string) {
  return queryOptions({
    queryKey: ["account", account, "touches", from ?? "", to ?? ""],
    queryFn: async ({ signal }): Promise<Touch[]> => {
      const query = { account, limit: 500, ...(from ? { from } : {}), ...(to ? { to } : {}) };
      return (await ask(api.GET("/api/touches", { params: { query }, signal }))).items;
    },
  });
}

export function timelineQuery(
  account: string,
  events: "important" | "all" | "none",
  to: string | undefined,
) {
  return infiniteQueryOptions({
    queryKey: ["account", account, "timeline", events, to ?? ""],
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      ask(
        api.GET("/api/accounts/{account}/timeline", {
          params: {
            ...path(account),
            query: {
              events,
              limit: 100,
              ...(to === undefined ? {} : { to }),
              ...(pageParam === "" ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function notesQuery(account: string) {
  return queryOptions({
    queryKey: ["account", account, "notes"],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/accounts/{account}/notes", {
          params: { ...path(account), query: { limit: 50 } },
          signal,
        }),
      ),
  });
}

export function contactsQuery(account: string) {
  return queryOptions({
    queryKey: ["account", account, "contacts"],
    queryFn: async ({ signal }): Promise<Contact[]> =>
      (await ask(api.GET("/api/contacts", { params: { query: { account, limit: 500 } }, signal })))
        .items,
  });
}

export function contactQuery(account: string, contact: string) {
  return queryOptions({
    queryKey: ["account", account, "contact", contact],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/contacts/{account}/{contact}", {
          params: { path: { account, contact } },
          signal,
        }),
      ),
  });
}

/** What went out to the account: each contact's is picked from it. */
export function sentQuery(account: string) {
  return queryOptions({
    queryKey: ["account", account, "sent"],
    queryFn: async ({ signal }) =>
      (await ask(api.GET("/api/outbox", { params: { query: { account, limit: 500 } }, signal })))
        .items,
  });
}

export function usageQuery(account: string, from: string, to: string, by: "day" | "week") {
  return queryOptions({
    queryKey: ["account", account, "usage", from, to, by],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/accounts/{account}/usage", {
          params: { ...path(account), query: { from, to, by } },
          signal,
        }),
      ),
  });
}

export function historyQuery(account: string, from: string, to: string, facts: string) {
  return queryOptions({
    queryKey: ["account", account, "history", from, to, facts],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/accounts/{account}/history", {
          params: { ...path(account), query: { from, to, ...(facts === "" ? {} : { facts }) } },
          signal,
        }),
      ),
  });
}

export const teamQuery = queryOptions({
  queryKey: ["team"],
  queryFn: ({ signal }) => ask(api.GET("/api/team", { signal })),
  // other screens keep the whole answer under the same key
  select: ({ items }) => items,
  staleTime: 60_000,
});
