import { closeSync, openSync, writeSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { Reject } from "../engine/ports.ts";

/** Where the rows that stayed out of an import go, for people to mend. */
export interface RejectWriter {
  write(reject: Reject): void;
  /** How many there were; with none there is no file, nor one of an earlier import. */
  close(): Promise<number>;
}

const FLUSH_AT = 64 * 1024;

/** `book.import.yaml` → `book.rejected.csv`, beside it; any other file → `FILE.rejected.csv`. */
export function rejectsFile(file: string): string {
  const bare = file.replace(/\.import\.ya?ml$|\.(?:csv|tsv|jsonl?|parquet)(?:\.gz)?$/i, "");
  return `${bare}.rejected.csv`;
}

/** Written as they come, a block at a time: a file of nothing but rejects needs no memory either. */
export function writeRejects(file: string): RejectWriter {
  let handle: number | undefined;
  let waiting = "";
  let count = 0;
  const flush = (): void => {
    if (handle !== undefined && waiting !== "") writeSync(handle, waiting);
    waiting = "";
  };
  return {
    write: ({ statement, row, reason, content }) => {
      if (handle === undefined) {
        handle = openSync(file, "w");
        waiting = "statement,row,reason,content\r\n";
      }
      count += 1;
      const fields = [statement, String(row), reason, JSON.stringify(content)];
      waiting += `${fields.map(csvField).join(",")}\r\n`;
      if (waiting.length >= FLUSH_AT) flush();
    },
    close: async () => {
      flush();
      if (handle === undefined) await rm(file, { force: true });
      else closeSync(handle);
      handle = undefined;
      return count;
    },
  };
}

/**
 * One field of a CSV file that a spreadsheet may open: a text that would be taken for a
 * formula gets an apostrophe, as the spreadsheets themselves do it.
 */
export function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
