/** What the engine needs of the world, as interfaces: `store/` and `import/` fulfil them. */
export type * from "./ports/access.ts";
export type * from "./ports/channel.ts";
export type * from "./ports/import-source.ts";
export type * from "./ports/in-app.ts";
export type * from "./ports/outbox.ts";
export type * from "./ports/rows.ts";
export type * from "./ports/store.ts";
export type * from "./ports/webhooks.ts";
