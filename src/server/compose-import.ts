/** The import's parts. DuckDB is large, so it is loaded when a request comes to need it. */
export const loadImport = async () => import("../import/index.ts");
