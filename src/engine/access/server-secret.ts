import type { Store } from "../ports.ts";
import { newSecret } from "./secrets.ts";

const KEY = "server secret";

/** What signs links and tokens: the one given, else one that is made once and kept, so that links keep working. */
export async function serverSecret(
  store: Pick<Store, "settings">,
  given: string | null,
): Promise<string> {
  if (given !== null) return given;
  const kept = await store.settings.keep(KEY, newSecret());
  if (typeof kept !== "string") throw new Error("the server's secret in the database is no text");
  return kept;
}
