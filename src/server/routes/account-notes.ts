import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import {
  accountNotes as notesOf,
  addNote,
  changeNote,
  exactNote,
  removeNote,
} from "../../engine/account-notes.ts";
import type { FreeNote, ListedNote } from "../../engine/ports.ts";
import { nextCursor, pageOf, pageQuery, placeTime, readCursor } from "../api/cursor.ts";
import { ID, reasonIn, timeOut, timeText } from "../api/fields.ts";
import { exactAccount, OWN, READ } from "../api/who-may.ts";
import { HttpProblem } from "../http-problem.ts";
import { mustOwn } from "../own-accounts.ts";
import { problemSchema } from "../problem.ts";
import { type Caller, contextOf, type Routes } from "../route.ts";

const noteShape = z
  .object({
    id: z.string(),
    at: timeOut,
    by: z.string().nullable().meta({ description: "Member of the team." }),
    author: z.string().nullable(),
    note: z.string(),
    changed_at: timeOut.nullable(),
    touch: z
      .object({ id: z.string(), title: z.string() })
      .nullable()
      .meta({ description: "The touch whose note it is: it is changed there." }),
  })
  .meta({ id: "AccountNote" });
const noteIn = z
  .string()
  .trim()
  .min(1, "expected a note: what is to be remembered")
  .max(20_000)
  .meta({ description: "What is to be remembered." });
const PLACE = z.object({ at: placeTime, id: z.string() });
const tags = ["accounts"];
const params = z.object({ account: ID });
const ofNote = params.extend({ note: ID });

/** What people write down about an account. A CSM: about their own, and changes what they wrote. */
export const accountNotes: Routes = (app, deps) => {
  app.get(
    "/api/accounts/:account/notes",
    {
      config: { access: READ },
      schema: {
        operationId: "listNotes",
        summary: "What was noted about an account and of its touches, newest first.",
        tags,
        params,
        querystring: z.object(pageQuery),
        response: { 200: pageOf(noteShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      const list = `notes ${id}`;
      const { limit, cursor } = request.query;
      const { items, next } = await notesOf(context, id, readCursor(list, PLACE, cursor), limit);
      return { items: items.map(listed), next_cursor: nextCursor(list, next) };
    },
  );

  app.post(
    "/api/accounts/:account/notes",
    {
      config: { access: OWN },
      schema: {
        operationId: "addNote",
        summary: "Writes something down about an account.",
        tags,
        params,
        body: z.strictObject({ note: noteIn }),
        response: { 200: noteShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { id: account } = await exactAccount(context, request.params.account);
      await mustOwn(deps, request.caller, account);
      const key = request.idempotency?.key;
      // a request that a crash cut off and that comes again is the same note, not a second one
      const id =
        key === undefined
          ? randomUUID()
          : createHash("sha256").update(key).digest("hex").slice(0, 32);
      const by = request.caller?.member ?? null;
      return free(await addNote(context, account, { id, by, note: request.body.note }));
    },
  );

  app.put(
    "/api/accounts/:account/notes/:note",
    {
      config: { access: OWN },
      schema: {
        operationId: "changeNote",
        summary: "Another text for a note; what it said stays in the audit log.",
        tags,
        params: ofNote,
        body: z.strictObject({ note: noteIn }),
        response: { 200: noteShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      await mustOwn(deps, request.caller, id);
      const known = await exactNote(context, id, request.params.note);
      mustHaveWritten(request.caller, known);
      return free(await changeNote(context, known, request.body.note));
    },
  );

  app.delete(
    "/api/accounts/:account/notes/:note",
    {
      config: { access: OWN },
      schema: {
        operationId: "removeNote",
        summary: "Takes a note away; the audit log keeps that it was there.",
        tags,
        params: ofNote,
        querystring: z.object({ reason: reasonIn.optional() }),
        response: { 204: z.null(), "4xx": problemSchema },
      },
    },
    async (request, reply) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      await mustOwn(deps, request.caller, id);
      const known = await exactNote(context, id, request.params.note);
      mustHaveWritten(request.caller, known);
      await removeNote(context, known, request.query.reason ?? null);
      return reply.status(204).send(null);
    },
  );
};

function mustHaveWritten(caller: Caller | null, { by }: FreeNote): void {
  if (caller?.access !== "csm" || (caller.member !== null && caller.member === by)) return;
  throw new HttpProblem("forbidden", "This note is somebody else's.", {
    hint: "Add a note of your own, or ask somebody with the access `leader`.",
  });
}

function free(note: FreeNote): z.infer<typeof noteShape> {
  return listed({ ...note, touch: null });
}

function listed({ id, at, by, author, note, changedAt, touch }: ListedNote) {
  return {
    id,
    at: timeText(at) ?? "",
    by,
    author,
    note,
    changed_at: timeText(changedAt),
    touch: touch && { ...touch },
  };
}
