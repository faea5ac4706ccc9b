import type { components } from "../../lib/api-types.ts";

export type Webhook = components["schemas"]["Webhook"];
export const WEBHOOKS_KEY = ["webhooks"] as const;
