import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Readable } from "node:stream";
import { HttpProblem } from "../http-problem.ts";

/** A folder of its own for one import: nothing of it is left when `use` has answered. */
export async function inUploadFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "touchstone-upload-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file of a request, on disk as it came. Its identity, for Idempotency-Key, is its content. */
export class UploadedFile {
  readonly folder: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;

  constructor(folder: string, path: string, sha256: string, bytes: number) {
    this.folder = folder;
    this.path = path;
    this.sha256 = sha256;
    this.bytes = bytes;
  }

  get name(): string {
    return basename(this.path);
  }

  toJSON(): { readonly sha256: string } {
    return { sha256: this.sha256 };
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** Writes a body to disk as it arrives, however large it is, up to `most` bytes. */
export async function receiveFile(
  body: Readable,
  name: string,
  most: number,
): Promise<UploadedFile> {
  const folder = await mkdtemp(join(tmpdir(), "touchstone-kept-upload-"));
  const path = join(folder, name);
  const hash = createHash("sha256");
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes <= most) done(null, chunk);
      else
        done(
          new HttpProblem("too-large", `The file has more than ${most} bytes.`, {
            hint: "Import it in parts, or on the server with `touchstone import`.",
          }),
        );
    },
  });
  try {
    await pipeline(body, counting, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return new UploadedFile(folder, path, hash.digest("hex"), bytes);
}

/** Names that stay in the folder they are put into, whatever the system makes of them. */
export const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

export interface SentFile {
  readonly text?: string | undefined;
  readonly base64?: string | undefined;
}

export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, SentFile>>,
): Promise<void> {
  for (const [name, { text, base64 }] of Object.entries(files)) {
    const content = text ?? Buffer.from(base64 ?? "", "base64");
    await writeFile(join(folder, name), content, { mode: 0o600 });
  }
}
