import { readFile, realpath } from "node:fs/promises";
import { basename } from "node:path";
import type { EngineContext } from "../../engine/context.ts";
import type { RecordedImport } from "../../engine/import-history/record-import.ts";
import type { ImportReport } from "../../engine/import-data.ts";
import type { StatementName } from "../../engine/ports.ts";
import { nearestOrAll } from "../../engine/did-you-mean.ts";
import { UsageError } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withNewContext } from "../compose.ts";
import { loadImport } from "../compose-import.ts";
import { note, print, printJson, progressBar } from "../output.ts";
import { importJson, tellImport } from "../render/tell-import.ts";

interface Options extends StoreOptions {
  readonly id?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const KINDS = ["accounts", "contacts", "events"] as const;
type Kind = (typeof KINDS)[number];

export const importCommand: Define = (program) => {
  withStore(
    withJson(
      program
        .command("import")
        .description("bring in accounts, contacts, events and people from files")
        .argument(
          "<what>",
          "an import file (FILE.import.yaml), or one of: accounts, contacts, events",
        )
        .argument("[file]", "with accounts, contacts or events: a CSV, JSON or Parquet file")
        .option("--id <column>", "with accounts, contacts or events: the column with the id")
        .option("--dry-run", "read and check everything, write nothing"),
    ),
  ).action(async (what: string, file: string | undefined, options: Options) => {
    const kind = KINDS.find((one) => one === what);
    if (kind && file === undefined)
      throw new UsageError(`which file has the ${kind}?`, `touchstone import ${kind} FILE.csv`);
    if (!kind && file !== undefined)
      throw new UsageError(
        `\`${what}\` is none of: ${KINDS.join(", ")}.`,
        nearestOrAll(what, KINDS),
      );
    if (!kind && !/\.ya?ml$/i.test(what)) throw notAnImportFile(what);
    await runImport(kind, file ?? what, options);
  });
};

function notAnImportFile(file: string): UsageError {
  const hint = `If it has accounts: touchstone import accounts ${file} (or contacts, or events).`;
  return new UsageError(`${file} is no import file: that is YAML, like book.import.yaml.`, hint);
}

async function runImport(kind: Kind | undefined, file: string, options: Options): Promise<void> {
  const { openImport, readImportFile, shortForm, rejectsFile, writeRejects } = await loadImport();
  // read before the store is opened: a misspelt file makes no data folder
  const source = kind
    ? await shortForm(kind, file, { id: options.id })
    : await readImportFile(file);
  const definition = kind ? null : await readFile(file, "utf8");
  const rejects = writeRejects(rejectsFile(file));
  // the same file is the same source from wherever it is named
  const place = await realpath(file).catch(() => file);
  const bars: { end(): void }[] = [];
  const bar = (statement: StatementName) => {
    for (const one of bars) one.end();
    const next = progressBar(`${options.dryRun ? "reading" : "importing"} ${statement}`);
    bars.push(next);
    return next;
  };
  const report = await withNewContext(options, (context) =>
    bringIn(
      context,
      {
        source: place,
        kind: kind ?? "file",
        file: basename(file),
        definition,
        open: (wanted) => openImport(source, wanted),
        onReject: (reject) => rejects.write(reject),
        progress: bar,
      },
      options.dryRun ?? false,
    ),
  );
  for (const one of bars) one.end();
  const rejected = await rejects.close();
  tell(report, { file, rejectsFile: rejectsFile(file), rejected }, options);
}

/** An import is kept on record for who looks at the imports later; a dry run changes nothing. */
async function bringIn(
  context: EngineContext,
  wanted: RecordedImport,
  isDry: boolean,
): Promise<ImportReport> {
  const { importData } = await import("../../engine/import-data.ts");
  if (isDry) return importData(context, { ...wanted, dryRun: true });
  const { recordImport } = await import("../../engine/import-history/record-import.ts");
  return recordImport(context, wanted);
}

function tell(
  report: ImportReport,
  about: { readonly file: string; readonly rejectsFile: string; readonly rejected: number },
  options: Options,
): void {
  if (options.json) printJson(importJson(report, about.rejected > 0 ? about.rejectsFile : null));
  else print(tellImport(report, about, options.dryRun ?? false));
  for (const warning of report.warnings) note(`warning: ${warning}`);
}
