import type { EngineContext } from "../context.ts";
import type { Moment, StoredInApp } from "../ports.ts";
import { recordAttemptResult } from "../results/record-result.ts";
import type { InAppAnswer } from "./report-in-app.ts";

/** Stores what a message came to, each result and event once however often it is told. */
export async function recordAnswer(
  context: EngineContext,
  stored: StoredInApp,
  { results, events }: InAppAnswer,
  moment: Moment,
): Promise<void> {
  for (const result of results)
    await recordAttemptResult(context, stored, { result, at: moment.now });
  if (events.length === 0) return;
  await context.store.touches.record({ touches: [], events, traits: {}, audit: null }, moment);
}
