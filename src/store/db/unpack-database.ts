import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

const BLOCK = 512;

/**
 * Writes the files of a dumped database into an empty folder: what PGlite does by `loadDataDir`,
 * some times faster, since each file is written at once instead of through its file system.
 * No path in a database is longer than the hundred letters of a tar header.
 */
export async function unpackDatabase(template: Uint8Array, folder: string): Promise<void> {
  const tar = await promisify(gunzip)(template);
  let at = 0;
  while (at + BLOCK <= tar.length) {
    const header = tar.subarray(at, at + BLOCK);
    const name = textOf(header, 0, 100);
    if (name === "") break;
    const size = Number.parseInt(textOf(header, 124, 12), 8);
    const isFolder = textOf(header, 156, 1) === "5";
    const to = path.join(folder, name);
    at += BLOCK;
    fs.mkdirSync(isFolder ? to : path.dirname(to), { recursive: true, mode: 0o700 });
    if (!isFolder) fs.writeFileSync(to, tar.subarray(at, at + size), { mode: 0o600 });
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
}

function textOf(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end < 0 ? length : end).trim();
}
