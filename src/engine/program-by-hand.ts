import type { AccountState } from "../core/account/state.ts";
import {
  type EngineEvent,
  type RunChange,
  type RunChoice,
  startRun,
  stopRun,
} from "../core/schedule/index.ts";
import { type ByHand, decideByHand } from "./account-by-hand.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { nearestOrAll } from "./did-you-mean.ts";
import { findAccount } from "./find-account.ts";
import { findContacts } from "./find-contacts.ts";
import { type LiveModel, liveModel } from "./live-model.ts";
import { touchNotice } from "./notices.ts";
import type { AuditEntry, StoredAccount } from "./ports.ts";
import { untilStored } from "./until-stored.ts";

export interface ProgramChoice {
  readonly program: string;
  /** Id, address or name; null: for the whole account. */
  readonly contact: string | null;
  readonly reason: string;
}

/** Starts a program for an account, whatever its `when` and `again` say. */
export async function startProgram(
  context: EngineContext,
  id: string,
  choice: ProgramChoice,
): Promise<ByHand> {
  return changeRun(context, id, choice, "started", (live, account, run) =>
    startRun(live.model, account.state.schedule, run, live.moment().today),
  );
}

/** Stops a program of an account: what it planned is called off. */
export async function stopProgram(
  context: EngineContext,
  id: string,
  choice: ProgramChoice,
): Promise<ByHand> {
  return changeRun(context, id, choice, "stopped", (live, account, run) => {
    const { schedule } = account.state;
    return stopRun(schedule, account.touches, run, choice.reason, live.moment().now);
  });
}

type Decided = StoredAccount & { readonly state: AccountState };

async function changeRun(
  context: EngineContext,
  id: string,
  { program, contact, reason }: ProgramChoice,
  verb: string,
  apply: (live: LiveModel, account: Decided, run: RunChoice) => RunChange,
): Promise<ByHand> {
  const live = await liveModel(context);
  refuseUnknown(live, program);
  if (reason.trim() === "")
    throw new AppError("bad-value", "A change by hand needs a reason.", "Say why.");
  const [person] = await findContacts(context, id, contact === null ? [] : [contact]);
  const what = `program ${program} ${verb}`;
  const stored = await untilStored(id, async () => {
    const account = await decided(context, id);
    const change = apply(live, account, { program, contact: person?.id ?? null });
    if (change.refused !== undefined)
      throw new AppError("wrong-status", `${account.id}: ${change.refused}.`);
    const details = person ? { contact: person.id } : {};
    const audit = { by: context.actor, what, account: account.id, reason, details };
    return (await store(context, live, account, change, audit)) ? account : undefined;
  });
  return decideByHand(context, stored);
}

function refuseUnknown({ model }: LiveModel, program: string): void {
  const known = model.programs.map(({ name }) => name);
  if (known.includes(program)) return;
  throw new AppError(
    "unknown-program",
    `The model has no program \`${program}\`.`,
    nearestOrAll(program, known),
  );
}

async function decided(context: EngineContext, id: string): Promise<Decided> {
  const account = await findAccount(context, id);
  const { state } = account;
  if (state?.decided) return { ...account, state };
  throw new AppError(
    "not-decided",
    `${account.id} has no decision to change${state?.closed ? ": it is closed" : ""}.`,
    "Wait until it has been decided, or run `touchstone decide`.",
  );
}

/** False: the account has changed meanwhile. */
function store(
  context: EngineContext,
  live: LiveModel,
  { id, state, touches, loaded }: Decided,
  change: RunChange,
  audit: AuditEntry,
): Promise<boolean> {
  const moment = live.moment();
  const after: AccountState = { ...state, schedule: change.state };
  const { stateRev } = loaded;
  if (change.touches.length === 0)
    return context.store.accounts.putState(id, { state: after, stateRev, audit }, moment);
  const before = new Map(touches.map((touch) => [touch.key, touch]));
  return context.store.touches.record(
    {
      touches: change.touches,
      events: change.events.map((event) => ({
        ...event,
        account: id,
        id: `ts:${touchIn(event)}:${event.at}:${event.name}`,
      })),
      traits: {},
      audit,
      state: after,
      basedOn: new Map([[id, stateRev]]),
      notices: change.touches.flatMap((touch) =>
        touchNotice(before.get(touch.key), touch, moment.now, stateRev + 1),
      ),
    },
    moment,
  );
}

/** The id of the touch that an event is about. */
function touchIn({ properties }: EngineEvent): string {
  const { touch } = properties;
  if (typeof touch !== "string") throw new Error("an event of a touch does not name it");
  return touch;
}
