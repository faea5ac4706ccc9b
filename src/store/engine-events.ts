import type { EngineEvent } from "../core/schedule/types.ts";
import { bucketOf } from "./bucket.ts";
import type { Session } from "./db/database.ts";
import { rememberProperties } from "./event-properties.ts";
import { EVENT } from "./shapes.ts";

export type OwnEvent = EngineEvent & { readonly id: string; readonly account: string };

/** The engine's own events, beside those that were tracked. The same event again is no new one. */
export async function addEngineEvents(
  tx: Session,
  events: readonly OwnEvent[],
  { pending, arrived }: { readonly pending: boolean; readonly arrived: number },
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    ...event,
    bucket: bucketOf(event.account),
    engine: true,
    pending,
  }));
  await tx.q(
    `INSERT INTO event (${EVENT.names()}, arrived) SELECT ${EVENT.names("n.")}, $2 FROM ${EVENT.table("$1", "n")}
     ON CONFLICT (bucket, account, id) DO NOTHING`,
    [EVENT.encode(rows), new Date(arrived)],
  );
  await rememberProperties(tx, events);
}
