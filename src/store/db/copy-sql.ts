/** COPY with Postgres's own CSV, which tells NULL from the empty text. */
export function copyInSql(table: string, columns: readonly string[], source: string): string {
  return `COPY ${quoteName(table)} (${columns.map(quoteName).join(", ")}) FROM ${source} WITH (FORMAT csv)`;
}

export function copyOutSql(query: string, target: string): string {
  return `COPY (${query}) TO ${target} WITH (FORMAT csv)`;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
