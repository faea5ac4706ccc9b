import { awaitedLater } from "../awaited-later.ts";

/** The same pages, each being read while the one before is worked on. */
export async function* readAhead<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  const reader = pages[Symbol.asyncIterator]();
  let next = awaitedLater(reader.next());
  try {
    for (;;) {
      const page = await next;
      if (page.done === true) return;
      next = awaitedLater(reader.next());
      yield page.value;
    }
  } finally {
    await reader.return?.();
  }
}
