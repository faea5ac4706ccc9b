import { randomUUID } from "node:crypto";
import type { EngineContext } from "../context.ts";
import { importData, type ImportReport, type ImportRequest } from "../import-data.ts";
import type { ImportRunCounts, Reject, StatementName, WholeImportRun } from "../ports.ts";

/** Rejected rows that are kept with an import; all are counted. */
export const REJECTS_KEPT = 5000;
/** How often a running import says how far it is. */
const TELL_EVERY_MS = 500;

export interface RecordedImport extends Omit<ImportRequest, "dryRun" | "rehearse"> {
  /** `accounts`, …; `file`: an import file with several statements. */
  readonly kind: string;
  /** As whoever imports it calls it. */
  readonly file: string;
  /** The import file's text; null: there is none. */
  readonly definition: string | null;
}

/** An import that has been written down and can begin. */
export interface BegunImport {
  readonly id: string;
  /** Brings the rows in; what came of it is on record whether it answers or throws. */
  run(): Promise<ImportReport>;
}

/** Imports, and keeps on record who brought in what, when, and what stayed out. */
export async function recordImport(
  context: EngineContext,
  request: RecordedImport,
): Promise<ImportReport> {
  return (await beginImport(context, request)).run();
}

export async function beginImport(
  context: EngineContext,
  request: RecordedImport,
): Promise<BegunImport> {
  const recording = new Recording(context, request);
  await recording.save();
  return { id: recording.id, run: () => recording.run() };
}

class Recording {
  readonly id = randomUUID();
  readonly #context: EngineContext;
  readonly #request: RecordedImport;
  readonly #startedAt: number;
  readonly #rejects: Reject[] = [];
  readonly #counts: Record<string, ImportRunCounts> = {};
  #rejected = 0;
  #toldAt: number;
  #telling: Promise<void> = Promise.resolve();

  constructor(context: EngineContext, request: RecordedImport) {
    this.#context = context;
    this.#request = request;
    this.#startedAt = context.clock();
    this.#toldAt = this.#startedAt;
  }

  async run(): Promise<ImportReport> {
    const { onReject, progress, source, open } = this.#request;
    try {
      const report = await importData(this.#context, {
        source,
        open,
        dryRun: false,
        onReject: (reject) => {
          this.#rejected += 1;
          if (this.#rejects.length < REJECTS_KEPT) this.#rejects.push(reject);
          onReject(reject);
        },
        progress: (statement) => {
          const others = progress?.(statement);
          return (done, total) => {
            this.#tell(statement, done, total);
            others?.(done, total);
          };
        },
      });
      await this.#telling;
      for (const [name, count] of Object.entries(report.counts))
        this.#counts[name] = { ...count, done: count.read };
      await this.save({
        status: "done",
        badLines: report.badLines,
        warnings: report.warnings,
      });
      return report;
    } catch (error) {
      await this.#telling;
      const message = error instanceof Error ? error.message : String(error);
      await this.save({ status: "broken", error: message });
      throw error;
    }
  }

  async save(
    end: Partial<Pick<WholeImportRun, "status" | "badLines" | "warnings" | "error">> = {},
  ): Promise<void> {
    const { source, kind, file, definition } = this.#request;
    const now = this.#context.clock();
    await this.#context.store.importRuns.save({
      id: this.id,
      startedAt: this.#startedAt,
      seenAt: now,
      endedAt: end.status === undefined ? null : now,
      status: "running",
      source,
      kind,
      file,
      by: this.#context.actor,
      counts: this.#counts,
      rejected: this.#rejected,
      badLines: 0,
      warnings: [],
      error: null,
      rejects: this.#rejects,
      definition,
      ...end,
    });
  }

  /** Not waited for: an import is not to be slowed by those who watch it. */
  #tell(statement: StatementName, done: number, total: number): void {
    this.#counts[statement] = { read: total, written: 0, unchanged: 0, rejected: 0, done };
    const now = this.#context.clock();
    if (now - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = now;
    const told = {
      id: this.id,
      seenAt: now,
      counts: { ...this.#counts },
      rejected: this.#rejected,
    };
    this.#telling = this.#telling.then(() => this.#context.store.importRuns.progress(told));
    // an outage here is one of the import itself, which tells it
    this.#telling.catch(() => undefined);
  }
}
