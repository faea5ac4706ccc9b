import { roleOf } from "../../core/allocate/roles.ts";
import type { Member } from "../../core/allocate/types.ts";
import type { AddHead, TakeLeave } from "../../core/allocate/what-if.ts";
import { type Day, parseDay } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import { nearestOrAll } from "../did-you-mean.ts";

/** Roles that touches name; and whatever other roles the team has. */
const ROLES = ["csm", "pool", "sales", "support", "marketing", "cs_ops", "product"];

/** `csm`, `csm:EMEA`, `support@2026-12-01`: a role, a pod of it, its first day (else today). */
export function readHead(text: string, team: readonly Member[], today: Day): AddHead {
  const match = /^([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(text.trim());
  const [, roleText, pod, dayText] = match ?? [];
  if (roleText === undefined) throw wrongHead(text, "it names no role");
  const role = roleOf({ role: roleText });
  const roles = [...new Set([...ROLES, ...team.map(roleOf)])];
  if (!roles.includes(role)) {
    throw wrongHead(text, `there is no role \`${roleText}\``, nearestOrAll(roleText, roles));
  }
  const pods = [...new Set(team.flatMap((member) => member.pod ?? []))];
  if (pod !== undefined && !pods.includes(pod)) {
    throw wrongHead(text, `there is no pod \`${pod}\``, nearestOrAll(pod, pods));
  }
  const from = dayText === undefined ? today : parseDay(dayText);
  if (from === undefined) throw wrongHead(text, `\`${dayText ?? ""}\` is no day`);
  return { kind: "add-head", role, pod: pod ?? null, from };
}

function wrongHead(text: string, why: string, hint?: string): AppError {
  return new AppError(
    "bad-value",
    `One more head \`${text}\`: ${why}.`,
    hint ?? "Say ROLE, ROLE:POD or ROLE:POD@FIRST-DAY, such as csm:EMEA@2026-12-01.",
  );
}

/** `csm-05:2026-12-07..2026-12-11`, or one day. */
export function readLeave(text: string, team: readonly Member[]): TakeLeave {
  const at = text.lastIndexOf(":");
  const id = text.slice(0, at).trim();
  const [fromText = "", toText = fromText] = text.slice(at + 1).split("..");
  const from = parseDay(fromText.trim());
  const to = parseDay(toText.trim());
  if (at < 0 || from === undefined || to === undefined || to < from) {
    const isTurned = from !== undefined && to !== undefined && to < from;
    throw new AppError(
      "bad-value",
      `Leave \`${text}\`: ${isTurned ? "its last day is before its first" : "it is not a member and days"}.`,
      "Say ID:FIRST-DAY..LAST-DAY, such as ann:2026-12-07..2026-12-11.",
    );
  }
  findWho(id, team);
  return { kind: "leave", member: id, from, to };
}

function findWho(id: string, team: readonly Member[]): void {
  if (team.some((member) => member.id === id)) return;
  const ids = team.map((member) => member.id);
  throw new AppError(
    "unknown-member",
    `There is nobody called \`${id}\` in the team.`,
    nearestOrAll(id, ids),
  );
}
