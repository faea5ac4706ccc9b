import { useNavigate, useSearch } from "@tanstack/react-router";
import type { OutboxSearch } from "./outbox-search.ts";

/** The address's search, and how to change parts of it. */
export function useOutboxSearch(): [OutboxSearch, (change: OutboxSearch) => void] {
  const search: OutboxSearch = useSearch({ from: "/outbox" });
  const navigate = useNavigate({ from: "/outbox" });
  return [
    search,
    (change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
  ];
}
