import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { teamQuery } from "./portfolio-data.ts";

/** Team members by their names. */
export function useOwnerName(): (id: string) => string {
  const { data } = useQuery(teamQuery);
  const names = useMemo(
    () => new Map((data?.items ?? []).map(({ id, name }) => [id, name ?? id])),
    [data],
  );
  return useCallback((id) => names.get(id) ?? id, [names]);
}
