import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import type { ListedTouch } from "./ports.ts";

/** A touch by its id or the beginning of it. */
export async function findTouch(
  { store: { touches } }: EngineContext,
  id: string,
): Promise<ListedTouch> {
  const found = id === "" ? [] : await touches.byId(id);
  const exact = found.find(({ touch }) => touch.id === id);
  if (exact) return exact;
  const [only, ...others] = found;
  if (!only)
    throw new AppError(
      "unknown-touch",
      `There is no touch \`${id}\`.`,
      "`touchstone touches` lists them with their ids.",
    );
  if (others.length > 0) {
    const ids = found.map(({ touch }) => `${touch.id} (${touch.title}, ${touch.account})`);
    throw new AppError(
      "ambiguous-touch",
      `Several touches begin with \`${id}\`: ${ids.join(", ")}.`,
      "Give more of the id.",
    );
  }
  return only;
}
