import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ModelSearch } from "./model-search.ts";

/** The address's search, and how to change parts of it. */
export function useModelSearch(): [
  ModelSearch,
  (change: ModelSearch, options?: { readonly push?: boolean }) => void,
] {
  const search: ModelSearch = useSearch({ from: "/model" });
  const navigate = useNavigate({ from: "/model" });
  return [
    search,
    (change, { push = false } = {}) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: !push }),
  ];
}
