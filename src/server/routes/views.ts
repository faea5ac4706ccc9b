import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Json } from "../../core/facts/types.ts";
import type { SavedView } from "../../engine/ports.ts";
import { ID, timeOut, timeText } from "../api/fields.ts";
import { READ, WRITE } from "../api/who-may.ts";
import { HttpProblem } from "../http-problem.ts";
import { problemSchema } from "../problem.ts";
import type { Caller, Routes } from "../route.ts";

const tags = ["views"];
/** Everybody keeps views of their own. */
const viewShape = z
  .object({
    id: z.string(),
    name: z.string(),
    shared: z.boolean(),
    mine: z.boolean(),
    is_default: z.boolean(),
    content: z.looseObject({}),
    changed_at: timeOut,
  })
  .meta({ id: "SavedView" });

const viewIn = z.strictObject({
  name: z.string().trim().min(1, "expected a name").max(120),
  shared: z.boolean(),
  content: z
    .record(z.string().max(100), z.unknown())
    .refine((content) => JSON.stringify(content).length <= 20_000, { error: "expected less" })
    .meta({ description: "Filter, order and columns, as the screen writes them." }),
});
const params = z.object({ view: ID });

/** Views of the portfolio that people keep: their own, and those they share with the team. */
export const views: Routes = (app, { store, clock }) => {
  app.get(
    "/api/views",
    {
      config: { access: READ },
      schema: {
        operationId: "listViews",
        summary: "Your views of the portfolio, and those shared with the team.",
        tags,
        response: {
          200: z.object({ items: z.array(viewShape), next_cursor: z.null() }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const owner = ownerOf(request.caller);
      const chosen = await store.settings.get(defaultKey(owner));
      const found = await store.views.list(owner);
      return { items: found.map((view) => viewJson(view, owner, chosen)), next_cursor: null };
    },
  );

  app.post(
    "/api/views",
    {
      config: { access: WRITE },
      schema: {
        operationId: "addView",
        summary: "Keeps a view of the portfolio.",
        tags,
        body: viewIn,
        response: { 200: viewShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const owner = ownerOf(request.caller);
      const { content, ...rest } = request.body;
      const view = {
        id: randomUUID(),
        owner,
        ...rest,
        content: content as Json,
        changedAt: clock(),
      };
      await store.views.put(view);
      return viewJson(view, owner, null);
    },
  );

  app.put(
    "/api/views/:view",
    {
      config: { access: WRITE },
      schema: {
        operationId: "changeView",
        summary: "Renames, shares or changes a view of yours.",
        tags,
        params,
        body: viewIn,
        response: { 200: viewShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const owner = ownerOf(request.caller);
      const before = await ownView(request.params.view, request.caller);
      const { content, ...rest } = request.body;
      const view = { ...before, ...rest, content: content as Json, changedAt: clock() };
      await store.views.put(view);
      return viewJson(view, owner, await store.settings.get(defaultKey(owner)));
    },
  );

  app.delete(
    "/api/views/:view",
    {
      config: { access: WRITE },
      schema: {
        operationId: "removeView",
        summary: "Removes a view of yours.",
        tags,
        params,
        response: { 200: z.object({ removed: z.boolean() }), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { id } = await ownView(request.params.view, request.caller);
      return { removed: await store.views.remove(id) };
    },
  );

  app.put(
    "/api/views/default",
    {
      config: { access: WRITE },
      schema: {
        operationId: "chooseDefaultView",
        summary: "The view that the portfolio opens with for you; null: none.",
        tags,
        body: z.strictObject({ view: ID.nullable() }),
        response: { 200: z.object({ view: z.string().nullable() }), "4xx": problemSchema },
      },
    },
    async (request) => {
      const owner = ownerOf(request.caller);
      const { view } = request.body;
      if (view === null) await store.settings.remove(defaultKey(owner));
      else {
        const found = await store.views.get(view);
        if (!found || !isVisible(found, owner)) throw noSuchView();
        await store.settings.set(defaultKey(owner), view);
      }
      return { view };
    },
  );

  /** Their own; a shared one that nobody is left to look after goes to whoever leads. */
  async function ownView(id: string, caller: Caller | null): Promise<SavedView> {
    const owner = ownerOf(caller);
    const found = await store.views.get(id);
    if (!found || !isVisible(found, owner)) throw noSuchView();
    if (found.owner === owner || caller?.access === "admin") return found;
    throw new HttpProblem("forbidden", "This view is somebody else's.", {
      hint: "Keep one of your own: “Save as new view”.",
    });
  }
};

function ownerOf(caller: Caller | null): string {
  return caller?.member ?? "";
}

function defaultKey(owner: string): string {
  return `portfolio view of ${owner}`;
}

function isVisible(view: SavedView, owner: string): boolean {
  return view.shared || view.owner === owner;
}

function noSuchView(): HttpProblem {
  return new HttpProblem("not-found", "There is no such view.");
}

function viewJson(view: SavedView, owner: string, chosen: Json | null): z.infer<typeof viewShape> {
  const { id, name, shared, content } = view;
  return {
    id,
    name,
    shared,
    mine: view.owner === owner,
    is_default: chosen === id,
    content: content as Record<string, unknown>,
    changed_at: timeText(view.changedAt) ?? "",
  };
}
