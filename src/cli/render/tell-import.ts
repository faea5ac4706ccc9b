import type { ImportReport } from "../../engine/import-data.ts";
import { table } from "./table.ts";
import { count, counted } from "./words.ts";

interface About {
  readonly file: string;
  readonly rejectsFile: string;
  readonly rejected: number;
}

export function tellImport(report: ImportReport, about: About, isDryRun: boolean): string {
  const rows = Object.entries(report.counts).map(
    ([name, { read, written, unchanged, rejected }]) => [
      name,
      count(read),
      isDryRun ? "-" : count(written),
      isDryRun ? "-" : count(unchanged),
      count(rejected),
    ],
  );
  const right = { align: "right" } as const;
  const lines = [
    `${about.file}${isDryRun ? " (dry run, nothing was written)" : ""}`,
    table(
      [
        { head: "" },
        { head: "read", ...right },
        { head: "written", ...right },
        { head: "unchanged", ...right },
        { head: "rejected", ...right },
      ],
      rows,
    ),
  ];
  if (report.shiftDays !== undefined && report.shiftDays !== 0) {
    lines.push(
      `  Every date was moved ${counted(Math.abs(report.shiftDays), "day")} ${report.shiftDays > 0 ? "later" : "earlier"} (shift_to).`,
    );
  }
  if (report.badLines > 0)
    lines.push(`  ${counted(report.badLines, "line")} of the files could not be read as rows.`);
  if (about.rejected > 0) lines.push(`  Rejected rows with their reasons: ${about.rejectsFile}`);
  return lines.join("\n");
}

/** The same as data. */
export function importJson(
  { counts, shiftDays, badLines, warnings }: ImportReport,
  rejectsFile: string | null,
): unknown {
  return {
    counts,
    shift_days: shiftDays ?? 0,
    bad_lines: badLines,
    warnings,
    rejects_file: rejectsFile,
  };
}
