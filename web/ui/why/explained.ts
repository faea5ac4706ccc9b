import { queryOptions } from "@tanstack/react-query";
import type { AboutModel, Explanation, WhatWouldChange } from "../../../src/core/explain/index.ts";
import type { components } from "../../lib/api-types.ts";
import { api, ask } from "../../lib/api.ts";

/** A decision with the tree of every rule, as `GET /api/accounts/{account}/explain` gives it. */
export type Explained = Explanation &
  Pick<components["schemas"]["Explanation"], "name" | "owner" | "touches"> & {
    readonly about: AboutModel;
  };

export type { AboutModel, WhatWouldChange };

/** Why an account is where it is, today or on a past day (`YYYY-MM-DD`). */
export function explainQuery(account: string, at?: string) {
  return queryOptions({
    queryKey: ["account", account, "explain", at ?? ""],
    queryFn: async ({ signal }): Promise<Explained> =>
      // the description leaves the rules open; what the core writes is what arrives
      (await ask(
        api.GET("/api/accounts/{account}/explain", {
          params: { path: { account }, query: at === undefined ? {} : { at } },
          signal,
        }),
      )) as unknown as Explained,
  });
}

/** Which single facts, were they otherwise, would decide otherwise; today only. */
export function changesQuery(account: string) {
  return queryOptions({
    queryKey: ["account", account, "changes"],
    queryFn: ({ signal }): Promise<WhatWouldChange> =>
      ask(
        api.GET("/api/accounts/{account}/what-would-change", {
          params: { path: { account } },
          signal,
        }),
      ),
  });
}
