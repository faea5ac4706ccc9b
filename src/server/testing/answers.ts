/** A page of a list as it comes back, before a test looks at what it needs of it. */
export interface Listed {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next_cursor: string | null;
}

/** A problem document's places. */
export interface Refused {
  readonly hint: string;
  readonly errors: readonly { readonly path: string }[];
}
