/** Why the server refused, as RFC 9457 has it; `offline`: it could not be reached. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly hint: string | null;
  /** Per field of the request: `body/set` and what was expected there. */
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const detail = body["detail"] ?? body["title"];
    super(typeof detail === "string" ? detail : `The server answered ${status}.`);
    this.name = "Problem";
    this.status = status;
    this.body = body;
    this.code = typeof body["code"] === "string" ? body["code"] : `http-${status}`;
    this.hint = typeof body["hint"] === "string" ? body["hint"] : null;
    this.fields = Array.isArray(body["errors"]) ? (body["errors"] as Problem["fields"]) : [];
  }
}

/** The server was not reached: what was asked may be asked again. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("The server cannot be reached.", { cause });
    this.name = "Unreachable";
  }
}
