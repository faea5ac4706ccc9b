import { useNavigate, useSearch } from "@tanstack/react-router";
import type { SettingsSearch } from "./settings-search.ts";

/** The address's search, and how to change parts of it. */
export function useSettingsSearch(): [SettingsSearch, (change: SettingsSearch) => void] {
  const search: SettingsSearch = useSearch({ from: "/settings" });
  const navigate = useNavigate({ from: "/settings" });
  return [
    search,
    (change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
  ];
}
