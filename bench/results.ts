import { readFileSync } from "node:fs";
import type { Line } from "./table.ts";

/** The lines that a benchmark's last run added to the table; none where it was never run. */
export function linesOfResult(name: string): readonly Line[] {
  let text: string;
  try {
    text = readFileSync(new URL(`results/${name}.json`, import.meta.url), "utf8");
  } catch {
    return [];
  }
  const { lines } = JSON.parse(text) as { readonly lines?: readonly Line[] };
  return lines ?? [];
}
