import { HttpProblem } from "../http-problem.ts";

/** What DuckDB says of a file, without where the server put it: no business of the sender's. */
export function importProblem(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error.name !== "ImportError") return error;
  return new HttpProblem(
    "bad-import",
    error.message.replaceAll(`${folder}/`, "").replaceAll(folder, "the request"),
  );
}
