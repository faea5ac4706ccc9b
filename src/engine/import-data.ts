import type { Model } from "../core/model/index.ts";
import type { Json } from "../core/facts/index.ts";
import type { RuleType } from "../core/rules/types.ts";
import { localDay } from "../core/time/zone.ts";
import { awaitedLater } from "./awaited-later.ts";
import type { EngineContext, Progress } from "./context.ts";
import { ImportSign } from "./import-running.ts";
import type {
  ImportOptions,
  ImportSource,
  IntakeBatch,
  Moment,
  Reject,
  StatementName,
  WriteCounts,
} from "./ports.ts";
import { readStoredModel } from "./read-stored.ts";

export interface ImportCounts {
  read: number;
  written: number;
  unchanged: number;
  rejected: number;
}

export interface ImportReport {
  readonly counts: Readonly<Partial<Record<StatementName, ImportCounts>>>;
  readonly shiftDays: number | undefined;
  readonly warnings: readonly string[];
  /** Lines of files that are no rows of their table. */
  readonly badLines: number;
}

export interface ImportRequest {
  /** What is imported, the same on every run: what is remembered of it is found by this. */
  readonly source: string;
  readonly open: (options: ImportOptions) => Promise<ImportSource>;
  readonly dryRun: boolean;
  /**
   * With `dryRun`: also counts what would be written. For an import of one statement: what others
   * of the same import would bring is not there for it.
   */
  readonly rehearse?: boolean;
  readonly onReject: (reject: Reject) => void;
  readonly progress?: (statement: StatementName) => Progress;
}

/**
 * Brings rows in: accounts, then contacts, events and team. Every batch is written whole before
 * the next is read, and the same rows again change nothing, so an import that was stopped is
 * finished by running it again.
 */
export async function importData(
  context: EngineContext,
  request: ImportRequest,
): Promise<ImportReport> {
  const { store } = context;
  const live = await store.models.live();
  const model = live ? readStoredModel(live.source, live.name).model : undefined;
  const zone = model?.workspace.timezone;
  const now = context.clock();
  const today = localDay(now, zone ?? "UTC");
  // before a model says where the workspace is: the earliest day it can be there, so that
  // nothing counts from tomorrow
  const moment: Moment = { now, today: localDay(now, zone ?? "Etc/GMT+12") };
  const before = recall(await store.intake.memory(request.source));
  const rejects = new Map<string, number>();
  const reject = (one: Reject): void => {
    rejects.set(one.statement, (rejects.get(one.statement) ?? 0) + 1);
    request.onReject(one);
  };
  const source = await request.open({
    today,
    now,
    // naive times mean what they meant at the first import, or the same rows would be other rows
    timezone: before.timezone ?? zone,
    traitTypes: model && declaredTypes(model),
    contactTraitTypes:
      model && new Map(model.contactTraits.map(({ trait, type }) => [trait, type])),
    shiftDays: before.shiftDays,
    onReject: reject,
  });
  const sign = new ImportSign(context);
  try {
    if (!request.dryRun) {
      await sign.show();
      const { shiftDays = null, timezone } = source;
      await store.intake.remember(request.source, { shiftDays, timezone });
    }
    const counts = await importStatements(context, source, request, moment, sign, reject);
    for (const [name, one] of Object.entries(counts)) one.rejected = rejects.get(name) ?? 0;
    const badLines = [...rejects].reduce(
      (sum, [name, n]) => sum + (name.startsWith("files.") ? n : 0),
      0,
    );
    return { counts, shiftDays: source.shiftDays, warnings: source.warnings, badLines };
  } finally {
    await source.close();
    await sign.end();
  }
}

/** What the first import of this source was read with. */
function recall(memory: Json | null): {
  readonly shiftDays: number | undefined;
  readonly timezone: string | undefined;
} {
  const known = (typeof memory === "object" && memory !== null ? memory : {}) as {
    shiftDays?: Json;
    timezone?: Json;
  };
  return {
    shiftDays: typeof known.shiftDays === "number" ? known.shiftDays : undefined,
    timezone: typeof known.timezone === "string" ? known.timezone : undefined,
  };
}

function declaredTypes(model: Model): ReadonlyMap<string, RuleType> {
  const types = new Map<string, RuleType>();
  for (const { source, type } of model.facts)
    if (source.kind === "trait") types.set(source.trait, type);
  return types;
}

type Counts = Partial<Record<StatementName, ImportCounts>>;

async function importStatements(
  { store }: EngineContext,
  source: ImportSource,
  request: ImportRequest,
  moment: Moment,
  sign: ImportSign,
  reject: (one: Reject) => void,
): Promise<Counts> {
  const counts: Counts = {};
  const take = async <R extends { readonly row?: number | undefined }>(
    name: StatementName,
    batches: AsyncIterable<readonly R[]>,
    write: (rows: readonly R[]) => Promise<WriteCounts>,
    batch: (rows: readonly R[]) => IntakeBatch,
  ): Promise<void> => {
    const total = source.totals[name];
    if (total === undefined) return;
    const count = (counts[name] = { read: total, written: 0, unchanged: 0, rejected: 0 });
    const progress = request.progress?.(name);
    let done = 0;
    for await (const rows of ahead(batches)) {
      done += rows.length;
      if (!request.dryRun || request.rehearse === true) {
        if (!request.dryRun) await sign.show();
        const { written, unchanged, refused } = await (request.dryRun
          ? store.intake.rehearse(batch(rows), moment)
          : write(rows));
        count.written += written;
        count.unchanged += unchanged;
        for (const { index, reason } of refused)
          reject(refusal(name, rows[index] as R, index, reason));
      }
      progress?.(Math.min(done, total), total);
    }
  };
  const { intake, team } = store;
  await take(
    "accounts",
    source.accounts(),
    (rows) => intake.accounts(rows, moment),
    (rows) => ({ of: "accounts", rows }),
  );
  await take(
    "contacts",
    source.contacts(),
    (rows) => intake.contacts(rows, moment),
    (rows) => ({ of: "contacts", rows }),
  );
  await take(
    "events",
    source.events(),
    (rows) => intake.events(rows, moment),
    (rows) => ({ of: "events", rows }),
  );
  await take(
    "team",
    source.team(),
    (rows) => team.write(rows, moment),
    (rows) => ({ of: "team", rows }),
  );
  return counts;
}

/** The same batches, each read while the one before is being written. */
async function* ahead<T>(batches: AsyncIterable<T>): AsyncGenerator<T> {
  const source = batches[Symbol.asyncIterator]();
  let reading = awaitedLater(source.next());
  try {
    for (;;) {
      const read = await reading;
      if (read.done === true) return;
      reading = awaitedLater(source.next());
      yield read.value;
    }
  } finally {
    // where writing failed, the file has to be let go of as well
    await Promise.allSettled([reading]);
    await source.return?.();
  }
}

function refusal(
  statement: StatementName,
  row: { readonly row?: number | undefined },
  index: number,
  reason: string,
): Reject {
  const content: Record<string, string | number | boolean | null> = {};
  for (const [key, value] of Object.entries(row)) {
    if (key === "row" || value === undefined) continue;
    content[key] =
      typeof value === "object" && value !== null
        ? JSON.stringify(value)
        : (value as string | number | boolean | null);
  }
  return { statement, row: row.row ?? index + 1, reason, content };
}
