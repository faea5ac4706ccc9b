import { closeSync, openSync, readSync } from "node:fs";
import type { CsvOptions } from "./types.ts";

/** Enough to meet the first letter beyond ASCII of nearly every file. */
const LOOKED_AT = 4 * 1024 * 1024;

/**
 * The encoding of a file that is not UTF-8, as spreadsheets save them: UTF-16 by its mark, else
 * latin-1 where the bytes are no UTF-8. undefined: UTF-8, or a compressed file (not looked into).
 */
export function detectEncoding(path: string): CsvOptions["encoding"] {
  if (path.endsWith(".gz")) return undefined;
  const bytes = firstBytes(path);
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return "utf-16";
  try {
    // `stream`: a letter cut in two at the end is no fault
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return undefined;
  } catch {
    return "latin-1";
  }
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(LOOKED_AT);
    return buffer.subarray(0, readSync(file, buffer, 0, LOOKED_AT, 0));
  } finally {
    closeSync(file);
  }
}
