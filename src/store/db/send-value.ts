import { storableText } from "../../core/text/storable-text.ts";
import type { Param, Rows } from "./database.ts";

/**
 * JavaScript → the text Postgres reads, one encoding for both adapters (bytes stay bytes at
 * the top level), made storable.
 */
export function encodeParam(value: Param): string | Uint8Array | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return value;
  return storableText(
    Array.isArray(value) ? encodeArray(value as readonly Param[]) : encodeScalar(value),
  );
}

function encodeScalar(value: Exclude<Param, null | undefined>): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "t" : "f";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${hexOf(value)}`;
  return json(value);
}

function encodeArray(values: readonly Param[]): string {
  const parts = values.map((value) => {
    if (value === null || value === undefined) return "NULL";
    if (Array.isArray(value)) return encodeArray(value as readonly Param[]);
    if (typeof value === "number") return String(value);
    if (value instanceof Uint8Array) return `"\\\\x${hexOf(value)}"`;
    return `"${encodeScalar(value).replace(/[\\"]/g, "\\$&")}"`;
  });
  return `{${parts.join(",")}}`;
}

function hexOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("hex");
}

/** A value as JSON text that jsonb takes; undefined becomes null. */
export function json(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  if (!text.includes("\\u0000") && !text.includes("\\ud")) return text;
  // JSON.stringify escapes a surrogate only when its other half is missing.
  return text.replace(/\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g, (escape) =>
    escape === "\\u0000" || escape.startsWith("\\ud") ? "\uFFFD" : escape,
  );
}

const CHUNK_CHARS = 1 << 20;

/** Rows → CSV in chunks of about a megabyte, each ending where a row ends. */
export async function* csvChunks(rows: Rows): AsyncGenerator<Uint8Array> {
  let text = "";
  for await (const row of rows) {
    text += `${row.map(csvField).join(",")}\n`;
    if (text.length >= CHUNK_CHARS) {
      yield Buffer.from(text);
      text = "";
    }
  }
  if (text !== "") yield Buffer.from(text);
}

/** In Postgres's CSV an unquoted empty field is NULL and a quoted one is the empty text. */
function csvField(value: Param): string {
  if (typeof value === "number") return String(value);
  if (value === null || value === undefined) return "";
  const encoded = value instanceof Uint8Array ? encodeScalar(value) : encodeParam(value);
  return `"${String(encoded).replaceAll('"', '""')}"`;
}
