import type { Day } from "../../core/time/day.ts";
import type { LiveModel } from "../live-model.ts";
import { UnchangedFinder } from "../plan/find-unchanged.ts";
import type { Existing } from "../plan/types.ts";
import type { BookAccount, BookPage, BookTouch } from "../ports.ts";
import { ImpactMoves } from "./count-moves.ts";
import { takeTurns } from "./take-turns.ts";
import { TargetBook, type Told } from "./target-book.ts";

/** An account that a change may touch. */
export interface Affected {
  readonly account: BookAccount;
  readonly touches: readonly BookTouch[];
  /** null: only an evaluation can tell. */
  readonly told: Told | null;
}

export interface SortedBook {
  /** With those of which nothing changes. */
  readonly moves: ImpactMoves;
  /** Open touches of those of which nothing changes. */
  readonly same: readonly (readonly BookTouch[])[];
  readonly affected: readonly Affected[];
}

interface Change {
  readonly live: LiveModel;
  readonly target: LiveModel;
  readonly today: Day;
  readonly existing: Existing;
}

/** Accounts sorted at once: some ten milliseconds. */
const AT_ONCE = 512;

/** Both models decide the whole book in columns: whom a change leaves alone, and where others go. */
export async function sortBook(
  pages: readonly BookPage[],
  { live, target, today, existing }: Change,
  signal: AbortSignal | undefined,
): Promise<SortedBook> {
  const finder = new UnchangedFinder(live, target, today, existing);
  const told = new TargetBook(live, target, today);
  const moves = new ImpactMoves();
  const same: (readonly BookTouch[])[] = [];
  const affected: Affected[] = [];
  for (const page of inParts(pages)) {
    await takeTurns(signal);
    const sorted = finder.sort(page);
    for (const { id, name, owner, before, after } of sorted.same) {
      const revenue = after.revenue ?? before?.revenue ?? null;
      moves.add({ id, name, owner, revenue, from: after.decided, to: after.decided });
      same.push(after.touches);
    }
    affected.push(...others(page, new Set(sorted.ids), told));
  }
  return { moves, same, affected };
}

function others(page: BookPage, ids: ReadonlySet<string>, told: TargetBook): Affected[] {
  const places = [...page.accounts.keys()].filter((place) =>
    ids.has(page.accounts[place]?.id ?? ""),
  );
  const accounts = places.map((place) => page.accounts[place] as BookAccount);
  const by = told.tell(accounts);
  return accounts.map((account, index) => ({
    account,
    touches: page.touches[places[index] as number] ?? [],
    told: by[index] ?? null,
  }));
}

function* inParts(pages: readonly BookPage[]): Generator<BookPage> {
  for (const { accounts, touches } of pages)
    for (let start = 0; start < accounts.length; start += AT_ONCE)
      yield {
        accounts: accounts.slice(start, start + AT_ONCE),
        touches: touches.slice(start, start + AT_ONCE),
      };
}
