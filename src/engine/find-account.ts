import { nearest } from "../core/rules/index.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import type { StoredAccount } from "./ports.ts";

/** The account of an id; otherwise an error that offers those it may have been meant to be. */
export async function findAccount({ store }: EngineContext, id: string): Promise<StoredAccount> {
  const [found] = await store.accounts.load([id]);
  if (found) return found;
  const alike = await store.accounts.find(id);
  const [only] = alike;
  // a name, or the beginning of an id, that fits one account alone is good enough
  if (alike.length === 1 && only) {
    const [account] = await store.accounts.load([only.id]);
    if (account) return account;
  }
  const names = alike.map((one) => (one.name === null ? one.id : `${one.id} (${one.name})`));
  const near = nearest(
    id,
    alike.map((one) => one.id),
  );
  throw new AppError(
    "unknown-account",
    `There is no account \`${id}\`.`,
    names.length > 0
      ? `Did you mean ${near ?? names.slice(0, 5).join(", ")}?`
      : "`touchstone accounts` lists them all.",
  );
}
