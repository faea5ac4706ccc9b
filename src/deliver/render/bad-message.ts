import { AppError } from "../../engine/app-error.ts";

/** A message file has an error: told with its place, as compilers do. */
export function badMessage(file: string, line: number, column: number, what: string): AppError {
  return new AppError(
    "bad-message",
    `${file}:${line}:${column}: ${what}`,
    "Mend the message file beside the model and apply the model again.",
  );
}
