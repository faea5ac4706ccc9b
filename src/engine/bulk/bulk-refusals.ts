import type { Model } from "../../core/model/index.ts";
import { AppError } from "../app-error.ts";
import type { BookNow } from "../book-view/book-now.ts";
import type { EngineContext } from "../context.ts";
import { nearestOrAll } from "../did-you-mean.ts";
import { refuseStranger } from "../refuse-stranger.ts";
import type { BulkAction } from "../ports.ts";

/** What an action comes to for one account. */
export type Verdict =
  | { readonly kind: "changes" }
  | { readonly kind: "unchanged"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string };

const CHANGES: Verdict = { kind: "changes" };
export const NOT_THEIRS = "It is somebody else's account.";

/** What can be wrong with the action as such, whichever the accounts. */
export async function checkAction(
  context: EngineContext,
  model: Model,
  action: BulkAction,
  today: number,
): Promise<void> {
  if (action.kind === "assign" && action.owner !== null)
    await refuseStranger(context, action.owner);
  if (action.kind === "pin") {
    known(
      "unknown-level",
      "level",
      action.level,
      model.levels.map(({ name }) => name),
    );
    if (action.until !== null && action.until < today)
      throw new AppError(
        "bad-value",
        "The last day lies in the past.",
        "Give a day from today on.",
      );
  }
  if (action.kind === "start") {
    known(
      "unknown-program",
      "program",
      action.program,
      model.programs.map(({ name }) => name),
    );
    if (model.programs.find(({ name }) => name === action.program)?.forContact)
      throw new AppError(
        "bad-value",
        `${action.program} is for single contacts: it cannot be started for many accounts at once.`,
        "Start it on the account's page, where you say for whom.",
      );
  }
}

function known(
  code: "unknown-level" | "unknown-program",
  what: string,
  name: string,
  names: readonly string[],
): void {
  if (names.includes(name)) return;
  throw new AppError(code, `The model has no ${what} \`${name}\`.`, nearestOrAll(name, names));
}

/** As far as the book tells: doing it looks once more. */
export function verdictOn(
  book: BookNow,
  row: number,
  action: BulkAction,
  onlyOwner: string | null,
): Verdict {
  const owner = book.value("account.owner", row);
  if (onlyOwner !== null && owner !== onlyOwner) return { kind: "refused", why: NOT_THEIRS };
  if (action.kind === "assign")
    return owner === action.owner ? { kind: "unchanged", why: "They own it already." } : CHANGES;
  if (!book.isDecided(row)) return { kind: "refused", why: "Nothing is decided of it yet." };
  if (action.kind === "start") {
    const running = String(book.value("programs", row) ?? "").split(", ");
    return running.includes(action.program)
      ? { kind: "unchanged", why: "The program is running already." }
      : CHANGES;
  }
  const isPinned = book.value("level.pinned", row) === true;
  if (action.kind === "unpin")
    return isPinned ? CHANGES : { kind: "unchanged", why: "It is not pinned." };
  const isSame =
    isPinned &&
    book.value("level", row) === action.level &&
    book.value("level.pinned_until", row) === action.until;
  return isSame ? { kind: "unchanged", why: "It is pinned so already." } : CHANGES;
}
