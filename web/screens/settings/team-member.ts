import type { components } from "../../lib/api-types.ts";

export type Member = components["schemas"]["TeamMember"];
export const TEAM_KEY = ["team"] as const;
