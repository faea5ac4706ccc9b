import { z } from "zod";
import { AppError } from "../../engine/app-error.ts";
import { ModelInForce } from "../../engine/model-in-force.ts";
import type { LiveModel } from "../../engine/live-model.ts";
import { todayOf } from "../../engine/today/today.ts";
import { briefJson } from "../../engine/today/brief-json.ts";
import { touchBrief } from "../../engine/today/touch-brief.ts";
import { type MayChange, todayJson } from "../../engine/today/today-json.ts";
import { ID } from "../api/fields.ts";
import { briefShape, todayShape } from "../api/today-shapes.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { type Caller, contextOf, type Routes } from "../route.ts";
import { exactTouch } from "./touches.ts";

/** A person's day: what is theirs to do, why, and whether it fits their hours. */
export const today: Routes = (app, deps) => {
  const inForce = new ModelInForce(contextOf(deps, null));
  app.get(
    "/api/today",
    {
      config: { access: READ },
      schema: {
        operationId: "today",
        summary: "Somebody's list of the day in the order of what matters, and their load.",
        tags: ["touches"],
        querystring: z.object({
          owner: ID.optional().meta({
            description:
              "A team member's id, `all`, or `nobody` for what is a pod's, the pool's or a role's; default: whoever asks.",
          }),
        }),
        response: { 200: todayShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { caller } = request;
      const owner = request.query.owner ?? caller?.member ?? "all";
      const live = needLive(await inForce.get());
      const day = await todayOf(contextOf(deps, caller), live, owner === "all" ? null : owner);
      return todayJson(day, mayChange(caller));
    },
  );

  app.get(
    "/api/touches/:touch/brief",
    {
      config: { access: READ },
      schema: {
        operationId: "touchBrief",
        summary:
          "All that one needs for a touch: health, what is new, criteria, people, what to say.",
        tags: ["touches"],
        params: z.object({ touch: ID }),
        response: { 200: briefShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { touch } = await exactTouch(deps.store, request.params.touch);
      const live = needLive(await inForce.get());
      return briefJson(await touchBrief(context, live, deps, touch.id), mayChange(request.caller));
    },
  );
};

function needLive(live: LiveModel | null): LiveModel {
  if (live) return live;
  throw new AppError(
    "no-model",
    "No touch model is live, so nothing is planned.",
    "Write one with `touchstone init --template NAME`, then make it live with `touchstone apply MODEL`.",
  );
}

/** As `mustOwn` decides it: a CSM changes touches that are theirs, or of accounts of their own. */
export function mayChange(caller: Caller | null): MayChange {
  if (!caller || !caller.scopes.has("write")) return () => false;
  const { access, member } = caller;
  if (access !== "csm") return () => true;
  return (account, touch, doer) => member !== null && [account, touch, doer].includes(member);
}
