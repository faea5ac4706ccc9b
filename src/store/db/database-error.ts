/** What Postgres said about a statement, the same on both adapters. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  /** SQLSTATE, such as 23505 for a broken unique constraint; undefined: not from Postgres. */
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly detail: string | undefined;
  /** The beginning of the statement. */
  readonly statement: string;

  constructor(failure: DatabaseFailure, statement: string, options?: ErrorOptions) {
    super(failure.message, options);
    this.code = failure.code;
    this.constraint = failure.constraint;
    this.detail = failure.detail;
    this.statement = statement.length > 400 ? `${statement.slice(0, 400)}…` : statement;
  }
}

export interface DatabaseFailure {
  readonly message: string;
  readonly code?: string | undefined;
  readonly constraint?: string | undefined;
  readonly detail?: string | undefined;
}

/** The parts of any thrown value that can be told on, across a thread boundary too. */
export function describeFailure(error: unknown): DatabaseFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    message: error.message,
    code: textField(error, "code"),
    constraint: textField(error, "constraint"),
    detail: textField(error, "detail"),
  };
}

function textField(error: object, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
