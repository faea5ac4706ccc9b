import { HttpProblem } from "./http-problem.ts";
import type { Caller, ServerDeps } from "./route.ts";

/**
 * A CSM changes what belongs to accounts of their own, and touches that are theirs to do;
 * everybody above may change any. For routes with `ownAccountsOnly`.
 */
export async function mustOwn(
  { store }: Pick<ServerDeps, "store">,
  caller: Caller | null,
  account: string,
  touchOwners: readonly (string | null)[] = [],
): Promise<void> {
  if (!caller) throw new Error("the door let nobody in");
  if (caller.access !== "csm") return;
  const { member } = caller;
  if (member !== null && touchOwners.includes(member)) return;
  const owner = await store.access.ownerOf(account);
  // of an account that is not there the route itself says so
  if (owner === undefined || (member !== null && owner === member)) return;
  throw new HttpProblem("forbidden", "This account is somebody else's.", {
    hint: "Ask its owner, or somebody with the access `leader`.",
  });
}
