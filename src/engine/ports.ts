/** What the engine needs of the world, as interfaces: `store/` and `import/` fulfil them. */
export type * from "./ports/access.ts";
export type * from "./ports/appointments.ts";
export type * from "./ports/channel.ts";
export type * from "./ports/http.ts";
export type * from "./ports/gauges.ts";
export type * from "./ports/import-source.ts";
export type * from "./ports/ingest.ts";
export type * from "./ports/in-app.ts";
export type * from "./ports/leases.ts";
export type * from "./ports/outbox.ts";
export type * from "./ports/results.ts";
export type * from "./ports/rows.ts";
export type * from "./ports/store.ts";
export type * from "./ports/webhooks.ts";
export type * from "./ports/by-hand.ts";
export type * from "./ports/idempotency.ts";
export type * from "./ports/reading.ts";
