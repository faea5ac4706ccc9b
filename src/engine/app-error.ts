/**
 * A request that cannot be served, for a reason its author can mend. The catalogue is the one
 * place that says which there are; the command line and the server say how each is shown.
 */
export const ERROR_CODES = {
  "no-model": "No touch model is live.",
  "invalid-model": "The touch model has errors.",
  "unknown-account": "There is no such account.",
  "unknown-touch": "There is no such touch.",
  "unknown-message": "There is no such message in the outbox.",
  "ambiguous-touch": "More than one touch begins so.",
  "unknown-touchpoint": "The model has no such touchpoint.",
  "unknown-level": "The model has no such level.",
  "wrong-status": "The touch is past that.",
  "bad-value": "A value is not what was expected.",
  "bad-rule": "The rule has errors.",
  "missing-message": "An automated touch has no message file.",
  "bad-message": "A message file has an error.",
  "not-decided": "The account has not been decided yet.",
  "no-such-file": "The file is not there.",
  "changed-meanwhile": "The account keeps changing under somebody else's hands.",
  "unsafe-host": "The server would be open to others over plain HTTP.",
  "cannot-listen": "The server cannot listen there.",
  "needs-server": "This works on a Postgres server only.",
  "unknown-key": "There is no such key.",
  "unknown-webhook": "There is no such webhook.",
  "unknown-member": "The team has no such member.",
  "no-team": "There is no team.",
  "not-suggested": "This owner is not suggested any more.",
  "unknown-contact": "The account has no such contact.",
  "unknown-note": "The account has no such note.",
  "changed-by-other": "Somebody else changed it meanwhile.",
  "unknown-program": "The model has no such program.",
  "unknown-segment": "The model has no such segment.",
  "unknown-version": "There is no such version of the model.",
  "plan-blocked": "Problems speak against going live with the model.",
  "plan-outdated": "What the plan says holds no more.",
  "nothing-before": "There is no version of the model to go back to.",
  "no-history": "Nothing is known of the days asked for.",
  "unknown-import": "There is no such import.",
  "unknown-template": "There is no such template.",
  "not-empty": "There is data in the database already.",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export class AppError extends Error {
  readonly code: ErrorCode;
  /** What to do next, in one sentence. */
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, hint?: string) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.hint = hint;
  }
}
