import type { EngineContext } from "../context.ts";
import { addressHash } from "../outbox/address-hash.ts";
import { changePersons } from "./person.ts";

/**
 * Lets an address be written to again, because its mailbox works again or its owner said so.
 * Answers for which channels; the audit log names the address by its hash alone.
 */
export async function liftSuppressions(
  context: EngineContext,
  wanted: {
    readonly email: string;
    readonly channel?: string | undefined;
    readonly reason: string;
  },
): Promise<readonly string[]> {
  const { channel, reason } = wanted;
  const email = wanted.email.trim().toLowerCase();
  const address = addressHash(email);
  const known = await context.store.persons.suppressions([address]);
  const lift = known.filter((one) => channel === undefined || one.channel === channel);
  const channels = lift.map((one) => one.channel);
  if (lift.length === 0) return channels;
  const by = context.actor;
  const what = "suppression lifted";
  const audit = { by, what, account: null, reason, details: { address, channels } };
  await changePersons(context, [{ email }], { lift, audit });
  return channels;
}
