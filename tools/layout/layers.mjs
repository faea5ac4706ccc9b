// The map of the house: who may call whom (docs: ARCHITECTURE.md, "Import directions").
// Each layer names the layers it may import besides itself. Adding a layer is adding a line here.

/**
 * @typedef {{ layers: string[], why: string }} Layer
 * @type {Record<string, Layer>}
 */
export const LAYERS = {
  core: { layers: [], why: "the core is pure: it takes data and gives data back" },
  engine: { layers: ["core"], why: "the engine reaches the outside through src/engine/ports.ts" },
  store: {
    layers: ["core", "engine"],
    why: "the store answers the engine's ports and knows no other layer",
  },
  import: {
    layers: ["core", "engine"],
    why: "the import reads files and hands rows to the engine",
  },
  deliver: {
    layers: ["core", "engine"],
    why: "delivery answers the engine's ports and knows no other layer",
  },
  server: {
    layers: ["core", "engine"],
    why: "the server asks the engine; only its compose-*.ts files put the parts together",
  },
  widget: {
    layers: ["core"],
    why: "the widget runs in customers' pages and knows the server by its answers alone",
  },
  cli: {
    layers: ["core", "engine"],
    why: "the command line asks the engine; only its compose-*.ts files put the parts together",
  },
};

/** The only files that may import every layer: they build the engine's ports and hand them over. */
export const COMPOSITION_ROOT = /^src\/(?:cli|server)\/(?:.*\/)?compose(?:-[a-z0-9-]+)?\.ts$/;

/** Packages without I/O, clock or randomness: all that the core may use. */
export const PURE_PACKAGES = [
  "@bufbuild/cel",
  "@bufbuild/cel-spec",
  "@bufbuild/protobuf",
  "@bufbuild/re2",
  "@noble/hashes",
  "temporal-polyfill",
  "yaml",
  "zod",
];

/** Packages that speak to one kind of outside, and the layer that does the speaking. */
export const PACKAGE_HOMES = {
  "@duckdb/node-api": "import",
  "@electric-sql/pglite": "store",
  pg: "store",
  "pg-copy-streams": "store",
  commander: "cli",
  "@clack/prompts": "cli",
  "cli-table3": "cli",
  fastify: "server",
  nodemailer: "deliver",
  liquidjs: "deliver",
  "ical-generator": "deliver",
  marked: "deliver",
  "html-to-text": "deliver",
  "sanitize-html": "deliver",
  "@fastify/swagger": "server",
  "@fastify/swagger-ui": "server",
  "@fastify/cookie": "server",
  "@fastify/helmet": "server",
  "@fastify/static": "server",
  "fastify-type-provider-zod": "server",
  "prom-client": "server",
};

/** Layers whose job is to write SQL: the store's Postgres, and DuckDB's for files that are imported. */
export const SQL_LAYERS = ["store", "import"];
