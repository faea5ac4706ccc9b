import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, ask } from "../../../lib/api.ts";
import type { components } from "../../../lib/api-types.ts";
import { useBench } from "../bench-context.ts";

export type Impact = components["schemas"]["ModelImpact"];

const BREATH_MS = 250;
const BEHIND_MS = 2_000;
const LATER_MS = 30_000;

/** What the edits would bring, asked anew with each of them; what was asked before is given up. */
export function useImpact() {
  const { bench, checked } = useBench();
  const { source, messages } = bench.files;
  const [sent] = useDebouncedValue(source, BREATH_MS);
  const isSound = !checked.isBroken && !checked.isBehind && sent === source;
  const isWanted = bench.canEdit && bench.isModelChanged;
  const impact = useQuery({
    queryKey: ["impact", bench.live.version, sent],
    queryFn: ({ signal }) =>
      ask(api.POST("/api/models/impact", { body: { source: sent, messages }, signal })),
    enabled: isWanted && isSound,
    placeholderData: keepPreviousData,
    // what has changed in the book meanwhile is asked for when one comes back, and soon after
    staleTime: 5_000,
    gcTime: 60_000,
    refetchInterval: ({ state }) => (state.data?.is_behind === true ? BEHIND_MS : LATER_MS),
    retry: false,
  });
  const isBehind = impact.isFetching || impact.isPlaceholderData || !isSound;
  return { isWanted, impact, isBehind };
}
