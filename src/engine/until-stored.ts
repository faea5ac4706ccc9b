import { AppError } from "./app-error.ts";

/** Who changes one account at once gets in after a few attempts; this many is somebody gone wild. */
const MOST_ATTEMPTS = 50;

/**
 * Does again what was worked out from an account that changed before it could be stored.
 * `attempt` looks afresh each time and answers undefined where it came too late.
 */
export async function untilStored<T>(
  account: string,
  attempt: () => Promise<T | undefined>,
): Promise<T> {
  for (let n = 0; n < MOST_ATTEMPTS; n++) {
    const done = await attempt();
    if (done !== undefined) return done;
  }
  throw new AppError(
    "changed-meanwhile",
    `${account} changed again each of ${MOST_ATTEMPTS} times before this could be stored.`,
    "Nothing was stored. Try again; if it stays so, look at what keeps writing to this account.",
  );
}
