import { wrap } from "./columns.ts";

/** Pages are made for terminals of a hundred columns. */
const WIDTH = 96;

/** Sentences as lines of a page, not set in. */
export function flow(text: string): string {
  return wrap(text, WIDTH).join("\n");
}

/** Sentences set in by so many columns, later lines by two more. */
export function setIn(text: string, columns: number): string {
  const start = " ".repeat(columns);
  return wrap(text, WIDTH + 2 - columns, "  ")
    .map((line) => start + line)
    .join("\n");
}

/** A sentence or two under a heading: set in, and its later lines a little more. */
export function paragraph(text: string): string {
  return setIn(text, 2);
}
