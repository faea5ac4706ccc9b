/** Something a person has to know about a file they wrote. Lines and columns count from 1. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Exclusive, on the same line. */
  readonly end_column: number;
  readonly hint?: string;
}
