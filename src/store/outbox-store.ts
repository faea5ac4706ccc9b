import type { OutboxStore } from "../engine/ports.ts";
import type { Database } from "./db/database.ts";
import { claimTouches } from "./outbox/claim-touches.ts";
import { queueOutgoing } from "./outbox/outgoing-rows.ts";
import {
  accountNames,
  byMessageId,
  countOutbox,
  listOutbox,
  messageById,
  takeQueued,
  unsettledAttempts,
} from "./outbox/read-outbox.ts";
import { handAttempts, readAttempts, settleAttempts } from "./outbox/settle-attempts.ts";
import { postponeTouches, releaseTouches, touchesToSend } from "./outbox/touch-marks.ts";

export function outboxStore(db: Database): OutboxStore {
  return {
    toSend: (...asked) => touchesToSend(db, ...asked),
    claim: (wanted, choose, moment) => db.tx((tx) => claimTouches(tx, wanted, choose, moment)),
    postpone: (touches) => db.tx((tx) => postponeTouches(tx, touches)),
    release: (held) => releaseTouches(db, held),
    hand: (...asked) => db.tx((tx) => handAttempts(tx, ...asked)),
    unsettled: (...asked) => unsettledAttempts(db, ...asked),
    attempts: (keys) => readAttempts(db, keys),
    settle: (settlements, now) => db.tx((tx) => settleAttempts(tx, settlements, now)),
    queue: (messages) => db.tx((tx) => queueOutgoing(tx, messages)),
    takeQueued: (...asked) => db.tx((tx) => takeQueued(tx, asked)),
    list: (filter, limit, after) => listOutbox(db, filter, limit, after),
    byId: (id) => messageById(db, id),
    byMessageId: (messageId) => byMessageId(db, messageId),
    names: (accounts) => accountNames(db, accounts),
    counts: () => countOutbox(db),
  };
}
