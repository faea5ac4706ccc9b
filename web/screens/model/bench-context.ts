import { createContext, useContext } from "react";
import type { CheckedFiles } from "./check/use-checked.ts";
import type { Workbench } from "./use-workbench.ts";

export interface Bench {
  readonly bench: Workbench;
  readonly checked: CheckedFiles;
  /** Opens a place of a file beside the view. */
  readonly showPlace: (file: string, line: number, column?: number) => void;
}

export const BenchContext = createContext<Bench | null>(null);

/** What is being edited, for all parts of the screen. */
export function useBench(): Bench {
  const bench = useContext(BenchContext);
  if (!bench) throw new Error("there is no model here");
  return bench;
}
