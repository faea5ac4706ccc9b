/**
 * Records made by a function that is written for their fields: one object literal, so that V8 knows
 * its shape and puts every value where it belongs. Filling them field by field takes ten times as
 * long, and a pass over a book reads forty records an account.
 *
 * The text is put together from the names of a `RecordShape` only, which are written in this folder.
 */
export type MakeRecord<T> = (columns: readonly (readonly unknown[])[], row: number) => T;

export function recordMaker<T>(fields: readonly string[]): MakeRecord<T> {
  const values = fields.map((field, index) => `${JSON.stringify(field)}: columns[${index}][row]`);
  // oxlint-disable-next-line typescript/no-implied-eval -- the code holds names of our own only
  return new Function("columns", "row", `return { ${values.join(", ")} };`) as MakeRecord<T>;
}
