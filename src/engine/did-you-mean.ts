import { nearest } from "../core/text/nearest.ts";

/** The next step after a name that is none: the one that was likely meant, else all there are. */
export function nearestOrAll(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  return known.length === 0 ? "There are none." : `There are: ${known.join(", ")}.`;
}
