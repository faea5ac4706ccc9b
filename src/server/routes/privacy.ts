import { z } from "zod";
import { erasePerson, exportPerson } from "../../engine/erase-person.ts";
import { ID, reasonIn, timeOut, timeText } from "../api/fields.ts";
import { audited } from "../api/audited.ts";
import { ADMIN, exactAccount } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const tags = ["contacts"];
const params = z.object({ account: ID, contact: ID });
const keys = z.array(z.object({ account: z.string(), id: z.string() })).meta({
  description: "All contacts that are the same person, by address or user id.",
});

export const privacy: Routes = (app, deps) => {
  app.get(
    "/api/contacts/:account/:contact/export",
    {
      config: { access: ADMIN },
      schema: {
        operationId: "exportContact",
        summary: "All that is kept about the person that a contact is.",
        tags,
        params,
        response: {
          200: z
            .object({
              exported_at: timeOut,
              contacts: keys,
              records: z
                .record(z.string(), z.array(z.unknown()))
                .meta({ description: "By table: its rows, and those in which it is named." }),
            })
            .meta({ id: "ContactExport" }),
          "4xx": problemSchema,
        },
      },
    },
    async (request, reply) => {
      const context = contextOf(deps, request.caller);
      const key = await keyOf(context, request.params);
      const { contacts, records } = await exportPerson(context, key);
      // who was asked about stays out of it: the entry may outlive the person
      await audited(deps, request.caller, "contact exported", { account: key.account });
      void reply.header("content-disposition", 'attachment; filename="contact.json"');
      return {
        exported_at: timeText(deps.clock()) ?? "",
        contacts: contacts.map((one) => ({ ...one })),
        records: Object.fromEntries(
          Object.entries(records).map(([table, rows]) => [table, [...rows]]),
        ),
      };
    },
  );

  app.post(
    "/api/contacts/:account/:contact/erase",
    {
      config: { access: ADMIN },
      schema: {
        operationId: "eraseContact",
        summary: "Removes the person that a contact is, for good. Cannot be undone.",
        tags,
        params,
        body: z.strictObject({
          reason: reasonIn.meta({ description: "Kept in the audit log: name nobody in it." }),
          suppress: z.boolean().default(false).meta({
            description: "Its addresses are not to be written to should an import bring them back.",
          }),
        }),
        response: {
          200: z
            .object({ contacts: keys, rows: z.record(z.string(), z.int()) })
            .meta({ id: "ContactErased", description: "What was removed or changed, by table." }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const key = await keyOf(context, request.params);
      const { reason, suppress } = request.body;
      const { contacts, rows } = await erasePerson(context, key, { reason, suppressAll: suppress });
      deps.wake("decide");
      return { contacts: contacts.map((one) => ({ ...one })), rows: { ...rows } };
    },
  );
};

async function keyOf(
  context: Parameters<typeof exactAccount>[0],
  { account, contact }: z.infer<typeof params>,
) {
  return { account: (await exactAccount(context, account)).id, id: contact };
}
