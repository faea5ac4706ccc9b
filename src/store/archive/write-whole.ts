import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fsyncPath } from "../db/durable-fs.ts";

/**
 * Writes a file that is either whole or not there: aside first, forced to the disk, then put
 * in its place. For the owner's eyes only.
 */
export async function writeWhole(
  file: string,
  content: AsyncIterable<Uint8Array | string>,
  ...through: NodeJS.ReadWriteStream[]
): Promise<void> {
  const aside = `${file}.${process.pid}.part`;
  try {
    const target = fs.createWriteStream(aside, { mode: 0o600 });
    await pipeline([Readable.from(content), ...through, target]);
    fsyncPath(aside);
    fs.renameSync(aside, file);
    fsyncPath(path.dirname(path.resolve(file)));
  } finally {
    fs.rmSync(aside, { force: true });
  }
}
