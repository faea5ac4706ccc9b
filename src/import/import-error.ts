import type { Diagnostic } from "../core/model/diagnostic.ts";

export type ImportErrorCode =
  | "import-file-invalid"
  | "import-file-missing"
  | "import-data-missing"
  | "import-data-unreadable"
  | "import-statement-failed";

/** An import that cannot begin. Its message is for the person who wrote the import file. */
export class ImportError extends Error {
  readonly code: ImportErrorCode;
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    code: ImportErrorCode,
    message: string,
    options: { readonly diagnostics?: readonly Diagnostic[]; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ImportError";
    this.code = code;
    this.diagnostics = options.diagnostics ?? [];
  }
}
