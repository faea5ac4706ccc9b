import type { OwnedAccount } from "./types.ts";

/** Accounts of a level that one person owns, or nobody (null), counted. */
export interface OwnedSum {
  readonly owner: string | null;
  readonly accounts: number;
  readonly revenue: number;
}

type Sum = { -readonly [K in keyof OwnedSum]: OwnedSum[K] };

/** Open accounts counted by base level and owner. */
export class OwnedTally {
  readonly #levels = new Map<string | null, Map<string | null, Sum>>();

  add({ base, owner, revenue }: Omit<OwnedAccount, "id">, accounts = 1): void {
    let owners = this.#levels.get(base);
    if (!owners) this.#levels.set(base, (owners = new Map<string | null, Sum>()));
    let sum = owners.get(owner);
    if (!sum) owners.set(owner, (sum = { owner, accounts: 0, revenue: 0 }));
    sum.accounts += accounts;
    sum.revenue += revenue ?? 0;
  }

  addAll(other: OwnedTally): void {
    for (const [base, owners] of other.#levels) {
      for (const { owner, accounts, revenue } of owners.values())
        this.add({ base, owner, revenue }, accounts);
    }
  }

  ofLevel(level: string): readonly OwnedSum[] {
    return [...(this.#levels.get(level)?.values() ?? [])];
  }

  /** How many accounts a level has. */
  count(level: string): number {
    return this.ofLevel(level).reduce((sum, { accounts }) => sum + accounts, 0);
  }
}

/** The same of accounts one by one. */
export function tallyOwned(accounts: readonly OwnedAccount[]): OwnedTally {
  const tally = new OwnedTally();
  for (const account of accounts) tally.add(account);
  return tally;
}
