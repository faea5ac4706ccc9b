import fs from "node:fs";
import path from "node:path";
import { StoreError } from "../store-error.ts";
import { fsyncPath } from "./durable-fs.ts";
import { lockFolder } from "./folder-lock.ts";
import type { FolderLock } from "./folder-lock.ts";

/** The major version of Postgres inside the PGlite that package.json pins. */
export const EMBEDDED_MAJOR = 18;

/**
 * A data folder: `pg/` is the database, `lock/` says who has it open, `new` is there only
 * while the database is made for the first time.
 */
export interface DataFolder {
  readonly database: string;
  /** The database is made now, and none of it can have been relied on yet. */
  readonly fresh: boolean;
  /** To be called once a fresh database is whole and on the disk. */
  made(): void;
  release(): void;
}

/** Makes the folder where needed, locks it and checks what is in it; throws StoreErrors. */
export async function openDataFolder(given: string): Promise<DataFolder> {
  const folder = path.resolve(given);
  makeFolder(folder);
  const lock = await lockFolder(folder);
  try {
    return checkFolder(folder, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw new StoreError(
      "data-folder-not-usable",
      `the data folder ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      "give a folder that you may write to with --data or TOUCHSTONE_DATA",
      { cause: error },
    );
  }
}

function checkFolder(folder: string, lock: FolderLock): DataFolder {
  const database = path.join(folder, "pg");
  const mark = path.join(folder, "new");
  // A first start that did not come to its end left nothing that anyone was promised.
  if (fs.existsSync(mark)) fs.rmSync(database, { recursive: true, force: true });
  fs.mkdirSync(database, { recursive: true, mode: 0o700 });
  fs.chmodSync(database, 0o700);
  const fresh = fs.readdirSync(database).length === 0;
  if (fresh) {
    fs.writeFileSync(mark, "the database in pg/ is being made\n", { mode: 0o600 });
    fsyncPath(mark);
    fsyncPath(folder);
  } else {
    checkVersion(folder, path.join(database, "PG_VERSION"));
  }
  return {
    database,
    fresh,
    made() {
      fs.rmSync(mark, { force: true });
      fsyncPath(folder);
    },
    release: () => lock.release(),
  };
}

function checkVersion(folder: string, file: string): void {
  const found = fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim() : undefined;
  if (found === undefined) {
    throw new StoreError(
      "data-folder-damaged",
      `${path.dirname(file)} has files in it but no PG_VERSION: it is no database, or not a whole one`,
      "give another folder with --data, or restore a backup into an empty one",
    );
  }
  if (found === String(EMBEDDED_MAJOR)) return;
  throw new StoreError(
    "data-folder-other-version",
    `the data folder ${folder} was made by a version of touchstone whose embedded Postgres is ${found}; this one's is ${EMBEDDED_MAJOR}`,
    "run `touchstone backup FILE` with the version that made it, then `touchstone restore FILE` with this one into a new folder",
  );
}
