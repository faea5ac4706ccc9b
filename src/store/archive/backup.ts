import { createGzip } from "node:zlib";
import { quoteName } from "../db/copy-sql.ts";
import type { Database, Session } from "../db/database.ts";
import { FORMAT, HEADER_NAME, MANIFEST_NAME, sha256 } from "./manifest.ts";
import type { Header, Manifest } from "./manifest.ts";
import { describeTables, partSource, partsOf, usePlainFormats } from "./tables.ts";
import type { ArchiveTable, PartRange } from "./tables.ts";
import { tarEnd, tarEntry } from "./tar.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * Everything as of one instant into one file: a gzipped tar of CSV parts, between a header and
 * a manifest with counts and checksums. It can be restored on either database.
 */
export async function backup(db: Database, file: string): Promise<Record<string, number>> {
  return db.tx(
    async (tx) => {
      await usePlainFormats(tx);
      const manifest: Manifest = { tables: [] };
      await writeWhole(file, entries(tx, manifest), createGzip({ level: 6 }));
      return Object.fromEntries(manifest.tables.map(({ name, rows }) => [name, rows]));
    },
    { snapshot: true },
  );
}

async function* entries(tx: Session, manifest: Manifest): AsyncGenerator<Uint8Array> {
  const [schema] = await tx.q<{ version: number }>(
    "SELECT max(version) AS version FROM schema_migration",
  );
  const header: Header = {
    format: FORMAT,
    schema: schema?.version ?? 0,
    madeAt: new Date().toISOString(),
  };
  yield tarEntry({ name: HEADER_NAME, content: jsonBytes(header) });
  for (const table of await describeTables(tx)) {
    const described: Manifest["tables"][number] = {
      name: table.name,
      columns: [...table.columns],
      rows: 0,
      parts: [],
    };
    for (const part of await partsOf(tx, table)) {
      const name = `${table.name}/${String(described.parts.length).padStart(4, "0")}.csv`;
      const content = await readPart(tx, table, table.columns, part);
      const range: { buckets?: [number, number] } = part.buckets
        ? { buckets: [...part.buckets] }
        : {};
      described.parts.push({ file: name, ...range, sha256: sha256(content) });
      described.rows += part.rows;
      yield tarEntry({ name, content });
    }
    manifest.tables.push(described);
  }
  yield tarEntry({ name: MANIFEST_NAME, content: jsonBytes(manifest) });
  yield tarEnd();
}

/** A part's rows as CSV: always the same bytes for the same rows. */
export async function readPart(
  tx: Session,
  table: ArchiveTable,
  columns: readonly string[],
  part: PartRange,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const query = `SELECT ${columns.map(quoteName).join(", ")} ${partSource(table, part)}`;
  for await (const chunk of tx.copyOut(query)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
}
