const PATIENCE_MS = 5_000;

/** Asks the server whether it can be reached; what a proxy says in its place is no answer. */
export async function doesAnswer(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return (await fetch("/healthz", { cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}
