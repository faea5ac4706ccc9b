/** The store cannot be reached or used: no account's fault, and it goes on once the store is back. */
export function isOutage(error: unknown): boolean {
  return error instanceof Error && error.name === "StoreError";
}
