import { z } from "zod";
import { makeKey, revokeKey } from "../../engine/access/keys.ts";
import type { StoredKey } from "../../engine/ports.ts";
import { formatDay } from "../../core/time/day.ts";
import { answers } from "../problem.ts";
import { contextOf, type Routes, SCOPES } from "../route.ts";

const ACCESS = { config: { access: { person: "admin", scope: "admin" } } } as const;

const keySchema = z
  .object({
    id: z.string(),
    kind: z.enum(["write", "api", "widget", "admin"]),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    access: z.enum(["csm", "leader", "ops", "admin"]).nullable(),
    created_at: z.iso.datetime(),
    created_by: z.string().nullable(),
    last_used_on: z.iso.date().nullable(),
    revoked_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "Key" });

const madeSchema = keySchema
  .extend({
    secret: z.string().meta({
      description:
        "Shown this once. `write` and `api`: the key that programs send. `widget`: signs users' ids (HMAC-SHA256, hex).",
    }),
  })
  .meta({ id: "MadeKey" });

const newKeySchema = z
  .object({
    kind: z.enum(["write", "api", "widget"]),
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(SCOPES)).optional().meta({
      description: "Of an API key; the higher has the lower: read, write, admin. Default: read.",
    }),
    access: z.enum(["csm", "leader", "ops", "admin"]).optional().meta({
      description:
        "The most that an API key may do. Default: all that its scopes allow. With `csm` it only reads, since it has no accounts of its own.",
    }),
  })
  .strict()
  .meta({ id: "NewKey" });

/** Keys of programs: made, listed, revoked. */
export const keys: Routes = (app, deps) => {
  app.get(
    "/api/keys",
    {
      ...ACCESS,
      schema: {
        operationId: "listKeys",
        summary: "All keys, the newest first, without their secrets",
        tags: ["access"],
        response: answers(200, z.object({ items: z.array(keySchema) })),
      },
    },
    async () => ({ items: (await deps.store.access.keys()).map(shown) }),
  );
  app.post(
    "/api/keys",
    {
      ...ACCESS,
      schema: {
        operationId: "makeKey",
        summary: "Make a key; its secret is shown this once",
        description:
          "`write` keys can only ingest and may stand in pages; `api` keys read and do what their scopes say; `widget` keys sign users of the in-app widget.",
        tags: ["access"],
        body: newKeySchema,
        response: answers(201, madeSchema),
      },
    },
    async (request, reply) => {
      const { kind, name, scopes = ["read"], access } = request.body;
      const { key, secret } = await makeKey(
        contextOf(deps, request.caller),
        { kind, name, scopes, access: access ?? null },
        deps.settings.secret,
      );
      deps.keys.forget(key.id);
      return reply.status(201).send({ ...shown(key), secret });
    },
  );
  app.delete(
    "/api/keys/:id",
    {
      ...ACCESS,
      schema: {
        operationId: "revokeKey",
        summary: "Revoke a key: from now on it opens nothing",
        tags: ["access"],
        params: z.object({ id: z.string().max(64) }),
        response: answers(204, z.null()),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await revokeKey(contextOf(deps, request.caller), id);
      deps.keys.forget(id);
      return reply.status(204).send(null);
    },
  );
};

function shown(key: StoredKey): z.infer<typeof keySchema> {
  return {
    id: key.id,
    kind: key.kind,
    name: key.name,
    scopes: [...key.scopes],
    access: key.access,
    created_at: new Date(key.createdAt).toISOString(),
    created_by: key.createdBy,
    last_used_on: key.lastUsedOn === null ? null : formatDay(key.lastUsedOn),
    revoked_at: key.revokedAt === null ? null : new Date(key.revokedAt).toISOString(),
  };
}
