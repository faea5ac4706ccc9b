import { z } from "zod";
import { CHANNELS } from "../../core/model/schema-pieces.ts";
import { touchJson } from "../../core/schedule/index.ts";
import { TOUCH_STATUSES } from "../../core/schedule/touch-words.ts";
import { AppError } from "../../engine/app-error.ts";
import { type DoneBy, touchPageOf, WhoDoes } from "../../engine/owners/who-does.ts";
import type { ListedTouch, TouchListFilter } from "../../engine/ports.ts";
import { nextCursor, pageOf, pageQuery, placeDay, readCursor } from "../api/cursor.ts";
import { dayIn, dayOf, flagIn, given, ID } from "../api/fields.ts";
import { listedTouchShape } from "../api/shapes.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import type { Routes } from "../route.ts";

const STATUS_LIST = z
  .string()
  .transform((text) => text.split(","))
  .pipe(
    z.array(
      z.enum(TOUCH_STATUSES, { error: `expected statuses of: ${TOUCH_STATUSES.join(", ")}` }),
    ),
  )
  .meta({ description: "One status, or several with commas: `planned,due`." });

export const touchFilter = {
  account: ID.optional(),
  contact: ID.optional(),
  owner: ID.optional().meta({
    description:
      "Team member's id: theirs, and those in which they stand in for somebody; `none`: of nobody in particular.",
  }),
  status: STATUS_LIST.optional(),
  from: dayIn.optional().meta({ description: "Due on or after this day." }),
  to: dayIn.optional().meta({ description: "Due on or before this day." }),
  human: flagIn.optional().meta({ description: "Done by people, or by automation." }),
  program: ID.optional(),
  touchpoint: ID.optional(),
  channel: z.enum(CHANNELS).optional(),
};
const LIST = z.object({ ...pageQuery, ...touchFilter });
const PLACE = z.object({ due: placeDay, account: z.string(), key: z.string() });

export function touchFilterOf(query: Partial<z.infer<typeof LIST>>): TouchListFilter {
  const { account, contact, owner, status, from, to, human, program, touchpoint, channel } = query;
  return given({
    account,
    contact,
    owner: owner === "none" ? null : owner,
    statuses: status,
    from: from === undefined ? from : dayOf(from),
    to: to === undefined ? to : dayOf(to),
    human,
    program,
    touchpoint,
    channel,
  });
}

export function listedTouch({
  touch,
  accountName,
  contactName,
  doing,
}: DoneBy): z.infer<typeof listedTouchShape> {
  return {
    ...touchJson(touch),
    account_name: accountName,
    contact_name: contactName,
    doer: doing.doer,
    stands_in_for: doing.standsInFor,
  };
}

const tags = ["touches"];

export const touches: Routes = (app, deps) => {
  app.get(
    "/api/touches",
    {
      config: { access: READ },
      schema: {
        operationId: "listTouches",
        summary: "Touches by the day they are due.",
        tags,
        querystring: LIST,
        response: { 200: pageOf(listedTouchShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const after = readCursor("touches", PLACE, cursor);
      const found = await touchPageOf(deps, touchFilterOf(request.query), after, limit + 1);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1)?.touch : undefined;
      const place = last && { due: last.due, account: last.account, key: last.key };
      return { items: items.map(listedTouch), next_cursor: nextCursor("touches", place) };
    },
  );

  app.get(
    "/api/touches/:touch",
    {
      config: { access: READ },
      schema: {
        operationId: "getTouch",
        summary: "One touch.",
        tags,
        params: z.object({ touch: ID }),
        response: { 200: listedTouchShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const found = await exactTouch(deps.store, request.params.touch);
      return listedTouch((await WhoDoes.read(deps)).with(found));
    },
  );
};

/** The touch of a whole id: over HTTP nothing is guessed. */
export async function exactTouch(
  store: Parameters<Routes>[1]["store"],
  id: string,
): Promise<ListedTouch> {
  const found = (await store.touches.byId(id)).find(({ touch }) => touch.id === id);
  if (found) return found;
  throw new AppError(
    "unknown-touch",
    `There is no touch \`${id}\`.`,
    "`GET /api/touches?account=` lists an account's touches with their ids.",
  );
}
