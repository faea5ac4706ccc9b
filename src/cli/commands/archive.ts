import { existsSync } from "node:fs";
import { AppError } from "../../engine/app-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext, withNewContext } from "../compose.ts";
import { print, printJson } from "../output.ts";
import { count, counted } from "../render/words.ts";

type Options = StoreOptions & { readonly json?: boolean };
type Rows = Readonly<Record<string, number>>;

export const backup: Define = (program) => {
  withStore(
    withJson(
      program
        .command("backup")
        .description("write everything into one file")
        .argument("<file>", "a new file"),
    ),
  ).action(async (file: string, options: Options) => {
    await withContext(options, async ({ store }) =>
      tell(`Backed up ${store.place} to ${file}`, await store.archive.backup(file), options),
    );
  });
};

export const restore: Define = (program) => {
  withStore(
    withJson(
      program
        .command("restore")
        .description("read a backup into an empty database, embedded or Postgres")
        .argument("<file>", "what `touchstone backup` wrote"),
    ),
  ).action(async (file: string, options: Options) => {
    if (!existsSync(file))
      throw new AppError(
        "no-such-file",
        `There is no backup ${file}.`,
        "Give a file that `touchstone backup` wrote.",
      );
    await withNewContext(options, async ({ store }) =>
      tell(`Restored ${file} into ${store.place}`, await store.archive.restore(file), options),
    );
  });
};

export const exportCommand: Define = (program) => {
  withStore(
    withJson(
      program
        .command("export")
        .description("write all data as CSV and JSON lines")
        .argument("<dir>", "a new or empty folder"),
    ),
  ).action(async (dir: string, options: Options) => {
    await withContext(options, async ({ store }) =>
      tell(`Exported ${store.place} to ${dir}`, await store.archive.exportTo(dir), options),
    );
  });
};

function tell(done: string, rows: Rows, { json }: Options): void {
  if (json) {
    printJson({ rows });
    return;
  }
  const all = Object.values(rows).reduce((sum, n) => sum + n, 0);
  const tables = Object.entries(rows)
    .filter(([, n]) => n > 0)
    .map(([name, n]) => `${name} ${count(n)}`);
  print(`${done}: ${counted(all, "row")}${tables.length > 0 ? ` (${tables.join(", ")})` : ""}.`);
}
