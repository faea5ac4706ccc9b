import fs from "node:fs";
import { createGunzip } from "node:zlib";
import { describeFailure } from "../db/database-error.ts";
import { StoreError } from "../store-error.ts";
import {
  FORMAT,
  HEADER_NAME,
  MANIFEST_NAME,
  headerSchema,
  manifestSchema,
  sha256,
} from "./manifest.ts";
import type { Header, Manifest } from "./manifest.ts";
import { readTar } from "./tar.ts";
import type { TarEntry } from "./tar.ts";

/** A backup whose every byte has been looked at. */
export interface CheckedBackup {
  readonly header: Header;
  readonly manifest: Manifest;
}

/** The entries of the file, read anew. */
export async function* readEntries(file: string): AsyncGenerator<TarEntry> {
  const source = fs.createReadStream(file);
  const unzipped = createGunzip();
  source.on("error", (error) => unzipped.destroy(error));
  try {
    yield* readTar(source.pipe(unzipped) as AsyncIterable<Uint8Array>);
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

/** Reads the whole file before anything is written: a StoreError when it is not all there. */
export async function checkBackup(file: string): Promise<CheckedBackup> {
  if (!fs.existsSync(file)) {
    throw new StoreError(
      "backup-missing",
      `there is no file ${file}`,
      "check the name of the backup",
    );
  }
  try {
    return await checkEntries(file);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      "backup-damaged",
      `${file} is no whole backup: ${describeFailure(error).message}`,
      "use another backup; nothing was changed",
      { cause: error },
    );
  }
}

async function checkEntries(file: string): Promise<CheckedBackup> {
  const found = new Map<string, string>();
  let header: Header | undefined;
  let manifest: Manifest | undefined;
  for await (const { name, content } of readEntries(file)) {
    if (name === HEADER_NAME) header = checkFormat(file, headerSchema.parse(readJson(content)));
    else if (name === MANIFEST_NAME) manifest = manifestSchema.parse(readJson(content));
    else found.set(name, sha256(content));
  }
  if (!header) throw new Error(`it does not begin with ${HEADER_NAME}`);
  if (!manifest) throw new Error("it was cut off");
  for (const part of manifest.tables.flatMap(({ parts }) => parts)) {
    if (found.get(part.file) !== part.sha256)
      throw new Error(`${part.file} is not as it was written`);
  }
  return { header, manifest };
}

function checkFormat(file: string, header: Header): Header {
  if (header.format === FORMAT) return header;
  throw new StoreError(
    "backup-newer",
    `${file} was written by a newer touchstone (format ${header.format}; this one reads ${FORMAT})`,
    "restore it with that version",
  );
}

function readJson(content: Uint8Array): unknown {
  return JSON.parse(Buffer.from(content).toString("utf8"));
}
