import type { ContactInput } from "../core/facts/types.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { nearestOrAll } from "./did-you-mean.ts";

/** Contacts of an account by id, mail address or name; AppError `unknown-contact` for one it has not. */
export async function findContacts(
  { store }: EngineContext,
  account: string,
  wanted: readonly string[],
): Promise<ContactInput[]> {
  if (wanted.length === 0) return [];
  const [stored] = await store.accounts.load([account]);
  const contacts = stored?.contacts ?? [];
  return wanted.map((text) => {
    const folded = text.toLowerCase();
    const found =
      contacts.find(({ id }) => id === text) ??
      contacts.find(
        ({ email, name }) => email?.toLowerCase() === folded || name?.toLowerCase() === folded,
      );
    if (found) return found;
    const known = contacts.map(({ id, name }) => name ?? id);
    throw new AppError(
      "unknown-contact",
      `${account} has no contact \`${text}\`.`,
      nearestOrAll(text, known),
    );
  });
}
