import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { useMe } from "../../lib/me.ts";
import type { AccountSearch } from "./account-search.ts";

export interface AccountPlace {
  readonly id: string;
  readonly search: AccountSearch;
  /** Another view of the same account; `push` makes a step that Back undoes. */
  readonly show: (change: AccountSearch, push?: boolean) => void;
}

/** Which account the address names, and how it is shown. */
export function useAccountPlace(): AccountPlace {
  const { account: id } = useParams({ from: "/accounts/$account" });
  const search = useSearch({ from: "/accounts/$account" });
  const navigate = useNavigate({ from: "/accounts/$account" });
  const show = useCallback(
    (change: AccountSearch, push = false) =>
      void navigate({
        search: (before) => ({ ...before, ...change }),
        replace: !push,
        resetScroll: false,
      }),
    [navigate],
  );
  return { id, search, show };
}

/** Whether the reader may change this account; nobody changes a past day. */
export function useMayChange(owner: string | null | undefined, at: string | undefined): boolean {
  const me = useMe();
  return at === undefined && me.mayChange(owner);
}
