import type { EngineContext } from "../context.ts";
import type { Store } from "../ports.ts";
import { BookView } from "./book-view.ts";

const VIEWS = new WeakMap<Store, BookView>();

/** The book in memory of whoever works on this store: one for all in this process. */
export function bookViewOf({ store }: Pick<EngineContext, "store">): BookView {
  const present = VIEWS.get(store);
  if (present) return present;
  const made = new BookView(store);
  VIEWS.set(store, made);
  return made;
}
