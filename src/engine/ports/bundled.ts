import type { ImportOptions, ImportSource } from "./import-source.ts";

/** A touch model that comes with the program. */
export interface BundledTemplate {
  readonly name: string;
  readonly source: string;
  readonly messages: Readonly<Record<string, string>>;
  readonly readme: string;
}

/** What comes with the program for those who begin. */
export interface BundledFiles {
  templates(): Promise<readonly string[]>;
  /** null: there is none of that name. */
  template(name: string): Promise<BundledTemplate | null>;
  /** The sample book and the template that it is decided by. */
  readonly demo: {
    readonly template: string;
    open(options: ImportOptions): Promise<ImportSource>;
  };
}
