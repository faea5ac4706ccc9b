import { wrap } from "./columns.ts";

/** Pages are made for terminals of a hundred columns. */
const WIDTH = 96;

/** A sentence or two under a heading: set in, and its later lines a little more. */
export function paragraph(text: string): string {
  return wrap(text, WIDTH, "  ")
    .map((line) => `  ${line}`)
    .join("\n");
}
