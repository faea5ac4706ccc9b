/** Lets others be answered meanwhile; throws where nobody wants the answer any more. */
export async function takeTurns(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
