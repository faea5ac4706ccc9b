import { AppError } from "../../engine/app-error.ts";
import type { EngineContext } from "../../engine/context.ts";
import type { ListedAccount } from "../../engine/ports.ts";
import type { RouteAccess } from "../route.ts";

/** Who may call what (contracts.md §6). */
export const READ: RouteAccess = { person: "csm", scope: "read" };
/** Anybody but keys that only read; the route itself looks at what is theirs. */
export const WRITE: RouteAccess = { person: "csm", scope: "write" };
/** A CSM only for accounts that are theirs; others for any. */
export const OWN: RouteAccess = { person: "csm", scope: "write", ownAccountsOnly: true };
export const LEAD: RouteAccess = { person: "leader", scope: "write" };
export const OPS: RouteAccess = { person: "ops", scope: "write" };
export const ADMIN: RouteAccess = { person: "admin", scope: "admin" };

/** The account of an id as it stands there: over HTTP nothing is guessed. */
export async function exactAccount({ store }: EngineContext, id: string): Promise<ListedAccount> {
  const [found] = await store.reading.accounts({ state: "all", id }, null, 1);
  if (found) return found;
  const alike = (await store.accounts.find(id)).map((one) =>
    one.name === null ? one.id : `${one.id} (${one.name})`,
  );
  throw new AppError(
    "unknown-account",
    `There is no account \`${id}\`.`,
    alike.length > 0
      ? `Did you mean ${alike.slice(0, 5).join(", ")}?`
      : "`GET /api/accounts?q=TEXT` finds accounts by their names.",
  );
}
