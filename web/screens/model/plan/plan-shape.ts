import type { components } from "../../../lib/api-types.ts";

export type Plan = components["schemas"]["ModelPlan"];
export type PlanProblem = Plan["problems"][number];
