import { isOutage } from "../is-outage.ts";
import type { Claim } from "../ports.ts";
import type { WaitingTouch } from "./waiting-touch.ts";

/**
 * Claims for all of them; where that fails, in halves down to the one account that is to blame,
 * which is set aside so that the others go on.
 */
export async function claimApart(
  waiting: readonly WaitingTouch[],
  claim: (some: readonly WaitingTouch[]) => Promise<readonly Claim[]>,
  setAside: (ofOne: readonly WaitingTouch[], error: unknown) => Promise<void>,
): Promise<readonly Claim[]> {
  try {
    return await claim(waiting);
  } catch (error) {
    if (isOutage(error)) throw error;
    const accounts = [...new Set(waiting.map(({ account }) => account.id))];
    if (accounts.length < 2) {
      await setAside(waiting, error);
      return [];
    }
    const half = new Set(accounts.slice(0, accounts.length >> 1));
    const [ones, others] = [true, false].map((isIn) =>
      waiting.filter(({ account }) => half.has(account.id) === isIn),
    );
    const first = await claimApart(ones ?? [], claim, setAside);
    return [...first, ...(await claimApart(others ?? [], claim, setAside))];
  }
}
