import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

export interface WidgetScript {
  readonly text: string;
  /** Of its content: under the address with it, it never changes. */
  readonly hash: string;
}

/** Where the build puts it: beside the bundle, or in dist/ when the sources are run as they are. */
const PLACES = ["./widget.js", "../../../dist/widget.js"];

/** null: it was not built. */
export function readWidgetScript(): WidgetScript | null {
  const place = PLACES.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (!place) return null;
  const text = readFileSync(place, "utf8");
  return { text, hash: createHash("sha256").update(text).digest("hex").slice(0, 16) };
}
