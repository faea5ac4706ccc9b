import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import { liveModel } from "../live-model.ts";
import type { AuditEntry, Outgoing, OutboxFilter, OutboxPlace } from "../ports.ts";
import type { End } from "./end-of-attempt.ts";
import { settleEnds } from "./settle-ends.ts";

export interface OutboxPage {
  readonly messages: readonly Outgoing[];
  /** Where the next page begins; null: this was the last. */
  readonly next: OutboxPlace | null;
}

/** What went out and is going out, newest first. */
export async function listOutbox(
  { store }: EngineContext,
  filter: OutboxFilter,
  limit: number,
  after?: OutboxPlace,
): Promise<OutboxPage> {
  const found = await store.outbox.list(filter, limit + 1, after);
  const messages = found.slice(0, limit);
  const last = found.length > limit ? messages.at(-1) : undefined;
  return { messages, next: last ? { madeAt: last.madeAt, id: last.id } : null };
}

/** One message in full. */
export async function oneMessage({ store }: EngineContext, id: string): Promise<Outgoing> {
  const found = await store.outbox.byId(id);
  if (!found) {
    throw new AppError(
      "unknown-message",
      `There is no message \`${id}\` in the outbox.`,
      "`touchstone outbox list` lists them.",
    );
  }
  return found;
}

/**
 * Dead messages are made once more: each looked at afresh, rendered anew, with as many attempts as
 * before. Answers the ids that were dead.
 */
export async function replayDead(
  context: EngineContext,
  ids: readonly string[],
): Promise<readonly string[]> {
  const { today } = (await liveModel(context)).moment();
  const dead = await Promise.all(ids.map((id) => oneMessage(context, id)));
  const settled = await settleEnds(
    context,
    dead
      .filter(({ status }) => status === "dead")
      .map(({ account, id }) => ({
        account,
        id,
        end: { kind: "again", why: "sent again by hand", due: today },
        audit: audit(context, account, id, "message sent again"),
      })),
  );
  return [...settled];
}

/** What a person found out about a message of unknown end. */
export type Finding = "sent" | "not_sent" | "again";

/** Settles a message of unknown end by hand. */
export async function settleByHand(
  context: EngineContext,
  id: string,
  finding: Finding,
): Promise<void> {
  const { account, status } = await oneMessage(context, id);
  const entry = audit(context, account, id, `message settled: ${finding.replace("_", " ")}`);
  const settled =
    status === "uncertain"
      ? await settleEnds(context, [{ account, id, end: END_OF[finding], audit: entry }])
      : new Set<string>();
  if (settled.has(id)) return;
  throw new AppError(
    "wrong-status",
    `The message ${id} is ${status}: only the end of one that is uncertain can be settled.`,
  );
}

const END_OF: { readonly [finding in Finding]: End } = {
  sent: { kind: "assumed", why: "settled by hand: it was sent" },
  not_sent: { kind: "permanent", error: "settled by hand: it was not sent" },
  again: { kind: "again", why: "settled by hand: sent again" },
};

/**
 * Something came of a message (it was opened, clicked, answered; it bounced), so that its end is
 * known. `of`: the attempt's id or its Message-ID. Answers the ids that were of unknown end.
 */
export async function settleByEvidence(
  context: EngineContext,
  of: { readonly id: string } | { readonly messageId: string },
  evidence: { readonly kind: "reached" } | { readonly kind: "bounced"; readonly error: string },
): Promise<readonly string[]> {
  const { outbox } = context.store;
  const found = "id" in of ? [await outbox.byId(of.id)] : await outbox.byMessageId(of.messageId);
  const open = found.flatMap((one) =>
    one && (one.status === "uncertain" || one.status === "sending") ? [one] : [],
  );
  const end: End =
    evidence.kind === "reached"
      ? { kind: "sent" }
      : { kind: "permanent", error: evidence.error, bounced: true };
  return [
    ...(await settleEnds(
      context,
      open.map(({ account, id }) => ({ account, id, end })),
    )),
  ];
}

function audit({ actor }: EngineContext, account: string, id: string, what: string): AuditEntry {
  return { by: actor, what, account, reason: null, details: { message: id } };
}
