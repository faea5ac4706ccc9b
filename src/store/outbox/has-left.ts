/**
 * Of a row of `outgoing`: its message is with its receiver, or may be. An attempt that failed for
 * certain has reached nobody.
 */
export function hasLeft(o: string): string {
  return `(${o}.status IN ('sent', 'dry_run', 'uncertain') OR (${o}.status IN ('queued', 'sending') AND ${o}.handed_at IS NOT NULL))`;
}
