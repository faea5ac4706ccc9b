/**
 * Work begun ahead of its turn, which somebody will await: should it fail before that, the
 * process is not to stop over a failure that nobody has heard of yet.
 */
export function awaitedLater<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
