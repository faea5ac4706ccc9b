import { z } from "zod";
import type { ImportReport } from "../../engine/import-data.ts";
import type { Reject } from "../../engine/ports.ts";

/** Rejected rows that are told; all are counted. */
export const REJECTS_TOLD = 1000;

const counts = z.object({
  read: z.int(),
  written: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
});
export const rejectShape = z
  .object({
    statement: z.string(),
    row: z.int().meta({
      description: "Row of the statement's result; for `files.…` the line of the file.",
    }),
    reason: z.string(),
    content: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "RejectedRow" });
export const reportShape = z
  .object({
    dry_run: z.boolean(),
    counts: z.record(z.string(), counts),
    shift_days: z.int(),
    bad_lines: z.int(),
    warnings: z.array(z.string()),
    rejected: z.int(),
    rejects: z.array(rejectShape),
  })
  .meta({
    id: "ImportReport",
    description: `What came of an import, with the first ${REJECTS_TOLD} rows that stayed out.`,
  });

export function countsOf({ counts: all }: Pick<ImportReport, "counts">) {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, { ...one }]));
}

export function rejectJson({
  statement,
  row,
  reason,
  content,
}: Reject): z.infer<typeof rejectShape> {
  return { statement, row, reason, content: { ...content } };
}

export function reportJson(
  report: ImportReport,
  more: {
    readonly dryRun: boolean;
    readonly rejected: number;
    readonly rejects: readonly Reject[];
  },
): z.infer<typeof reportShape> {
  return {
    dry_run: more.dryRun,
    counts: countsOf(report),
    shift_days: report.shiftDays ?? 0,
    bad_lines: report.badLines,
    warnings: [...report.warnings],
    rejected: more.rejected,
    rejects: more.rejects.map(rejectJson),
  };
}

/** Counts what stays out, and keeps the first of it. */
export class RejectList {
  readonly first: Reject[] = [];
  count = 0;

  readonly add = (one: Reject): void => {
    this.count += 1;
    if (this.first.length < REJECTS_TOLD) this.first.push(one);
  };
}
