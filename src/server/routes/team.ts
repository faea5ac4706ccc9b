import { z } from "zod";
import type { TeamRow } from "../../engine/ports.ts";
import { endMember, type MemberEdit, putMember, setLeave } from "../../engine/team-by-hand.ts";
import { dayIn, dayOf, dayOut, dayText, given, ID, reasonIn } from "../api/fields.ts";
import { ADMIN, LEAD, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const span = z.object({ from: dayOut, to: dayOut });
const memberShape = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    role: z.string().nullable(),
    access: z.enum(["csm", "leader", "ops", "admin"]).nullable(),
    hours_per_week: z.number().nullable(),
    pod: z.string().nullable(),
    timezone: z.string().nullable(),
    region: z.string().nullable(),
    languages: z.array(z.string()),
    skills: z.array(z.string()),
    starts_on: dayOut.nullable(),
    ends_on: dayOut.nullable(),
    leave: z.array(span),
  })
  .meta({ id: "TeamMember" });

const text = z.string().max(500).nullable().optional();
const words = z.array(z.string().max(200)).max(100).optional();
const memberBody = z.strictObject({
  name: text,
  email: z.email("expected a mail address like ann@example.com").max(320).nullable().optional(),
  role: text,
  access: z.enum(["csm", "leader", "ops", "admin"]).nullable().optional(),
  hours_per_week: z.number().min(0).max(168).nullable().optional(),
  pod: text,
  timezone: text,
  region: text,
  languages: words,
  skills: words,
  starts_on: dayIn.nullable().optional(),
});

const tags = ["team"];
const params = z.object({ member: ID });
const response = { 200: memberShape, "4xx": problemSchema };

export const team: Routes = (app, deps) => {
  app.get(
    "/api/team",
    {
      config: { access: READ },
      schema: {
        operationId: "listTeam",
        summary: "The team. Few rows: one page holds them all.",
        tags,
        response: {
          200: z.object({ items: z.array(memberShape), next_cursor: z.null() }),
          "4xx": problemSchema,
        },
      },
    },
    async () => ({ items: (await deps.store.team.list()).map(memberJson), next_cursor: null }),
  );

  app.put(
    "/api/team/:member",
    {
      config: { access: ADMIN },
      schema: {
        operationId: "putMember",
        summary: "Adds somebody to the team or changes what is known of them.",
        tags,
        params,
        body: memberBody,
        response,
      },
    },
    async (request) =>
      memberJson(
        await putMember(
          contextOf(deps, request.caller),
          request.params.member,
          editOf(request.body),
        ),
      ),
  );

  app.put(
    "/api/team/:member/leave",
    {
      config: { access: LEAD },
      schema: {
        operationId: "setLeave",
        summary: "The days on which somebody is away: they replace those there were.",
        tags,
        params,
        body: z.strictObject({
          leave: z.array(z.strictObject({ from: dayIn, to: dayIn })).max(200),
        }),
        response,
      },
    },
    async (request) => {
      const leave = request.body.leave.map(({ from, to }) => ({
        from: dayOf(from),
        to: dayOf(to),
      }));
      const context = contextOf(deps, request.caller);
      return memberJson(await setLeave(context, request.params.member, leave));
    },
  );

  app.put(
    "/api/team/:member/end",
    {
      config: { access: ADMIN },
      schema: {
        operationId: "endMember",
        summary:
          "Somebody's last day: after it they have no hours and cannot sign in. null: they stay.",
        tags,
        params,
        body: z.strictObject({ on: dayIn.nullable(), reason: reasonIn }),
        response,
      },
    },
    async (request) => {
      const { on, reason } = request.body;
      const context = contextOf(deps, request.caller);
      const day = on === null ? null : dayOf(on);
      return memberJson(await endMember(context, request.params.member, day, reason));
    },
  );
};

function editOf(body: z.infer<typeof memberBody>): MemberEdit {
  const { hours_per_week: hoursPerWeek, starts_on, ...same } = body;
  const startsOn = typeof starts_on === "string" ? dayOf(starts_on) : starts_on;
  return given({ ...same, hoursPerWeek, startsOn });
}

function memberJson(member: TeamRow): z.infer<typeof memberShape> {
  const { id, name, email, role, access, pod, timezone, region } = member;
  return {
    id,
    name,
    email,
    role,
    access,
    hours_per_week: member.hoursPerWeek,
    pod,
    timezone,
    region,
    languages: [...member.languages],
    skills: [...member.skills],
    starts_on: dayText(member.startsOn),
    ends_on: dayText(member.endsOn ?? null),
    leave: member.leave.map(({ from, to }) => ({
      from: dayText(from) ?? "",
      to: dayText(to) ?? "",
    })),
  };
}
