import fs from "node:fs";
import path from "node:path";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import type { PGlite } from "@electric-sql/pglite";

/**
 * PGlite as it comes never forces anything to the disk: it starts Postgres with fsync off,
 * and its file system has no fsync at all, so a power cut may lose what was acknowledged.
 * This adds the missing call. The hook is an internal of PGlite: when it is not where it was,
 * we refuse to run.
 */
export class DurableNodeFS extends NodeFS {
  #calls = 0;

  /** How many times a file has been forced to the disk. */
  get fsyncs(): number {
    return this.#calls;
  }

  override async init(pg: PGlite, options: EmscriptenOptions): ReturnType<NodeFS["init"]> {
    const result = await super.init(pg, options);
    const preRun = (result.emscriptenOpts.preRun ??= []);
    preRun.push((module) => {
      const operations = streamOperations(module);
      operations.fsync = (stream) => {
        if (typeof stream.nfd === "number") {
          fs.fsyncSync(stream.nfd);
          this.#calls++;
        }
        return 0;
      };
    });
    return result;
  }
}

type EmscriptenOptions = Parameters<NodeFS["init"]>[1];

interface StreamOperations {
  fsync?: (stream: { readonly nfd?: unknown }) => number;
}

function streamOperations(module: object): StreamOperations {
  const nodeFs: unknown = Reflect.get(module, "NODEFS");
  const operations: unknown =
    typeof nodeFs === "object" && nodeFs !== null ? Reflect.get(nodeFs, "stream_ops") : undefined;
  if (typeof operations !== "object" || operations === null) {
    throw new Error(
      "this version of PGlite has no place to add fsync, and without it data may be lost: use the version in package.json",
    );
  }
  return operations;
}

/** PGlite's start parameters with real fsync and a small log, so that recovery takes seconds. */
export function durableStartParams(defaults: readonly string[]): string[] {
  const settings = [
    "fsync=on",
    "wal_sync_method=fsync",
    "synchronous_commit=on",
    "max_wal_size=128MB",
    "min_wal_size=32MB",
  ];
  return [
    ...defaults.filter((param) => param !== "-F"),
    ...settings.flatMap((setting) => ["-c", setting]),
  ];
}

/**
 * Forces every file and folder below `folder` to the disk: what a new database starts from.
 * All at once, since file systems write many such requests in one go.
 */
export async function fsyncTree(folder: string): Promise<void> {
  const entries = await fs.promises.readdir(folder, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) await fsyncTree(at);
      else if (entry.isFile()) await fsyncOne(at);
    }),
  );
  await fsyncOne(folder);
}

async function fsyncOne(at: string): Promise<void> {
  const file = await fs.promises.open(at, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

export function fsyncPath(at: string): void {
  const file = fs.openSync(at, "r");
  try {
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}
