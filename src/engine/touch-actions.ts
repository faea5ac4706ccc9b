import type { Model, TouchpointDef } from "../core/model/index.ts";
import { nearest } from "../core/rules/index.ts";
import {
  addTouch,
  type EngineEvent,
  moveTouch,
  recordOutcome,
  skipTouch,
  type Touch,
  type TouchChange,
  type TouchResult,
} from "../core/schedule/index.ts";
import type { Day, Instant } from "../core/time/day.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { findAccount } from "./find-account.ts";
import { type LiveModel, liveModel } from "./live-model.ts";
import type { ListedTouch } from "./ports.ts";
import { type DecisionRun, runDecisions } from "./run-decisions.ts";

export const RESULTS: readonly TouchResult[] = [
  "held", "no_show", "attended", "registered", "seen", "delivered", "opened", "clicked",
  "replied", "converted", "completed", "bounced", "complained", "dismissed", "unsubscribed",
];

type Traits = Readonly<Record<string, string | number | boolean | null>>;

export interface TouchDone {
  readonly touch: Touch;
  /** What the account's decision came to after it. */
  readonly run: DecisionRun;
}

/** Records what became of a touch; the answers asked for become traits of the account. */
export async function completeTouch(
  context: EngineContext,
  id: string,
  outcome: { readonly result: string; readonly minutes?: number; readonly note?: string; readonly set: Traits },
): Promise<TouchDone> {
  const live = await liveModel(context);
  const { touch } = await findTouch(context, id);
  const result = readResult(outcome.result);
  const { now } = live.moment();
  const change = recordOutcome(touch, result, now, {
    ...(outcome.minutes === undefined ? {} : { minutes: outcome.minutes }),
    ...(outcome.note === undefined ? {} : { note: outcome.note }),
  });
  return store(context, live, change, { what: `touch ${result}`, reason: outcome.note ?? null, traits: outcome.set });
}

export async function skipTouchById(context: EngineContext, id: string, reason: string): Promise<TouchDone> {
  const live = await liveModel(context);
  const { touch } = await findTouch(context, id);
  const change = skipTouch(touch, reason, live.moment().now);
  return store(context, live, change, { what: "touch skipped", reason, traits: {} });
}

/** Fixes an appointment: when it begins, and so on which day it falls. */
export async function scheduleTouch(context: EngineContext, id: string, startsAt: Instant): Promise<TouchDone> {
  const live = await liveModel(context);
  const { touch } = await findTouch(context, id);
  const { now, today } = live.moment();
  const day = live.evaluator.decider.localDay(startsAt);
  if (day < today) throw new AppError("bad-value", "The appointment lies in the past.", "Give a time from today on.");
  const change = moveTouch(touch, { due: day, startsAt }, "appointment fixed", { today, at: now });
  return store(context, live, change, { what: "touch scheduled", reason: null, traits: {} });
}

export interface TouchToAdd {
  readonly due?: Day;
  /** Given: it has happened already. */
  readonly result?: string;
  readonly minutes?: number;
  readonly note?: string;
  /** Tells it apart from others added to the same account. */
  readonly nonce: string;
}

/** Logs a touch that nobody planned, or plans one by hand. */
export async function addTouchByHand(
  context: EngineContext,
  accountId: string,
  touchpoint: string,
  { due, result, minutes, note, nonce }: TouchToAdd,
): Promise<TouchDone> {
  const live = await liveModel(context);
  const account = await findAccount(context, accountId);
  const { now, today } = live.moment();
  const touch = addTouch(
    { account: account.id, touchpoint: findTouchpoint(live.model, touchpoint), contact: null, owner: account.owner, due: due ?? today, nonce },
    { today, at: now, modelVersion: live.stored.version },
  );
  const details = { ...(minutes === undefined ? {} : { minutes }), ...(note === undefined ? {} : { note }) };
  const change = result === undefined ? { touch, events: [] } : recordOutcome(touch, readResult(result), now, details);
  return store(context, live, change, { what: "touch added", reason: note ?? null, traits: {} });
}

function findTouchpoint(model: Model, name: string): TouchpointDef {
  const found = model.touchpoints.find((one) => one.name === name);
  if (found) return found;
  const known = model.touchpoints.map((one) => one.name);
  const near = nearest(name, known);
  throw new AppError("unknown-touchpoint", `The model has no touchpoint \`${name}\`.`, near === undefined ? `Touchpoints are: ${known.join(", ")}.` : `Did you mean \`${near}\`?`);
}

function readResult(text: string): TouchResult {
  const result = RESULTS.find((one) => one === text);
  if (result) return result;
  const near = nearest(text, RESULTS);
  throw new AppError("bad-value", `There is no result \`${text}\`.`, near === undefined ? `Results are: ${RESULTS.join(", ")}.` : `Did you mean \`${near}\`?`);
}

/** A touch by its id or the beginning of it. */
export async function findTouch({ store: { touches } }: EngineContext, id: string): Promise<ListedTouch> {
  const found = await touches.byId(id);
  const exact = found.find(({ touch }) => touch.id === id);
  if (exact) return exact;
  const [only, ...others] = found;
  if (!only) throw new AppError("unknown-touch", `There is no touch \`${id}\`.`, "`touchstone touches` lists them with their ids.");
  if (others.length > 0) {
    const ids = found.map(({ touch }) => `${touch.id} (${touch.title}, ${touch.account})`);
    throw new AppError("ambiguous-touch", `Several touches begin with \`${id}\`: ${ids.join(", ")}.`, "Give more of the id.");
  }
  return only;
}

async function store(
  context: EngineContext,
  live: LiveModel,
  change: TouchChange,
  say: { readonly what: string; readonly reason: string | null; readonly traits: Traits },
): Promise<TouchDone> {
  const { touch, events, refused } = change;
  if (refused !== undefined) throw new AppError("wrong-status", `${touch.title} (${touch.id}): ${refused}.`);
  const moment = live.moment();
  await context.store.touches.record(
    {
      touches: [touch],
      events: events.map((event, index) => ({ ...event, account: touch.account, id: eventId(touch, event, index) })),
      traits: say.traits,
      audit: { by: context.actor, what: say.what, account: touch.account, reason: say.reason, details: { touch: touch.id } },
    },
    moment,
  );
  const run = await runDecisions(context, { ids: [touch.account], cause: "person" });
  return { touch, run };
}

function eventId(touch: Touch, event: EngineEvent, index: number): string {
  return `ts:${touch.id}:${event.at}:${index}`;
}
