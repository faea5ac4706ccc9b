import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { touchJson } from "../../core/schedule/index.ts";
import {
  addTouchByHand,
  completeTouch,
  scheduleTouch,
  skipTouchById,
  type TouchDone,
} from "../../engine/touch-actions.ts";
import { rescheduleTouch, snoozeTouch } from "../../engine/move-touches.ts";
import { mayTakeOf } from "../../engine/owners/may-take.ts";
import { WhoDoes } from "../../engine/owners/who-does.ts";
import { assignTouchTo, noteTouch } from "../../engine/touch-notes.ts";
import type { EngineContext } from "../../engine/context.ts";
import { dayOf, given, ID, instantOf } from "../api/fields.ts";
import { movedShape, touchShape } from "../api/shapes.ts";
import {
  actionItemsOf,
  addBody,
  assignBody,
  doneBody,
  notesBody,
  rescheduleBody,
  scheduleBody,
  skipBody,
  snoozeBody,
} from "../api/touch-bodies.ts";
import { exactAccount, OWN } from "../api/who-may.ts";
import { mustOwn } from "../own-accounts.ts";
import { problemSchema } from "../problem.ts";
import { type App, type Caller, contextOf, type Routes, type ServerDeps } from "../route.ts";
import { exactTouch } from "./touches.ts";

const tags = ["touches"];
const done = z
  .object({ touch: touchShape, moved: movedShape })
  .meta({ id: "TouchDone", description: "The touch, and how its account moved with it." });

/** What people do with touches. A CSM: those of their own accounts, and those given to them. */
export const touchChanges: Routes = (app, deps) => {
  app.post(
    "/api/touches",
    {
      config: { access: OWN },
      schema: {
        operationId: "addTouch",
        summary: "Plans a touch by hand, or logs one that has happened.",
        tags,
        body: addBody,
        response: { 200: done, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { account, touchpoint, due, ...more } = request.body;
      const { id } = await exactAccount(context, account);
      await mustOwn(deps, request.caller, id);
      const key = request.idempotency?.key;
      // a request that a crash cut off and that comes again is the same touch, not a second one
      const nonce =
        key === undefined
          ? randomUUID()
          : createHash("sha256").update(key).digest("hex").slice(0, 32);
      const wanted = { nonce, ...given({ ...more, due: due === undefined ? due : dayOf(due) }) };
      return told(deps, await addTouchByHand(context, id, touchpoint, wanted));
    },
  );

  onTouch(app, deps, {
    verb: "done",
    summary: "Records what became of a touch, with what the account answered.",
    body: doneBody,
    act: (context, id, { result, minutes, note, action_items, set }) =>
      completeTouch(context, id, {
        result,
        set: Object.fromEntries(
          Object.entries(set).map(([trait, value]) => [trait, value === null ? "" : String(value)]),
        ),
        ...given({ minutes, note, actionItems: actionItemsOf(action_items) }),
      }),
  });
  onTouch(app, deps, {
    verb: "skip",
    summary: "Does not do a touch.",
    body: skipBody,
    act: (context, id, { reason }) => skipTouchById(context, id, reason),
  });
  onTouch(app, deps, {
    verb: "schedule",
    summary: "Fixes an appointment: only then are the customers invited.",
    body: scheduleBody,
    act: (context, id, { starts_at, with: people }) =>
      scheduleTouch(context, id, { startsAt: instantOf(starts_at), with: people }),
  });
  onTouch(app, deps, {
    verb: "reschedule",
    summary: "Puts a touch on another day, where it stays, or an appointment on another time.",
    body: rescheduleBody,
    act: (context, id, { due, starts_at: startsAt, reason }) =>
      rescheduleTouch(
        context,
        id,
        startsAt === undefined ? { due: dayOf(due ?? "") } : { startsAt: instantOf(startsAt) },
        reason,
      ),
  });
  onTouch(app, deps, {
    verb: "snooze",
    summary: "Puts a touch out of its doer's list for a while; nothing else changes by it.",
    body: snoozeBody,
    act: (context, id, { until, reason }) =>
      snoozeTouch(context, id, until === null ? null : instantOf(until), reason),
  });
  onTouch(app, deps, {
    verb: "notes",
    summary: "Writes down a note, the time it took, or what is to be done next.",
    body: notesBody,
    act: (context, id, { note, minutes, action_items }) =>
      noteTouch(context, id, given({ note, minutes, actionItems: actionItemsOf(action_items) })),
  });
  onTouch(app, deps, {
    verb: "assign",
    summary: "Gives a touch to somebody; it stays theirs.",
    body: assignBody,
    act: (context, id, { owner, reason }) => assignTouchTo(context, id, owner, reason),
  });
};

interface Action<B extends z.ZodType> {
  readonly verb: string;
  readonly summary: string;
  readonly body: B;
  readonly act: (context: EngineContext, id: string, body: z.infer<B>) => Promise<TouchDone>;
}

function onTouch<B extends z.ZodType>(app: App, deps: ServerDeps, action: Action<B>): void {
  const { verb, summary, body, act } = action;
  app.post(
    `/api/touches/:touch/${verb}`,
    {
      config: { access: OWN },
      schema: {
        operationId: `${verb}Touch`,
        summary,
        tags,
        params: z.object({ touch: ID }),
        body,
        response: { 200: done, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { touch } = await exactTouch(deps.store, request.params.touch);
      const { doer } = (await WhoDoes.read(context)).of(touch);
      const isTaken = verb === "assign" && (await takes(deps, request.caller, doer, request.body));
      if (!isTaken) await mustOwn(deps, request.caller, touch.account, [touch.owner, doer]);
      return told(deps, await act(context, touch.id, request.body as z.infer<B>));
    },
  );
}

/** Whether somebody takes upon themselves what so far was their pod's, pool's or role's. */
async function takes(
  { store }: ServerDeps,
  caller: Caller | null,
  doer: string,
  body: unknown,
): Promise<boolean> {
  const member = caller?.member ?? null;
  const { success, data } = assignBody.safeParse(body);
  if (!success || member === null || data.owner !== member) return false;
  const team = await store.team.list();
  return mayTakeOf(team.find(({ id }) => id === member) ?? null, team)(doer);
}

function told(deps: ServerDeps, { touch, run }: TouchDone): z.infer<typeof done> {
  deps.wake("decide");
  return { touch: touchJson(touch), moved: run.moved.map((one) => ({ ...one })) };
}
