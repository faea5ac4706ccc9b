import type { Access } from "../engine/ports.ts";
import { type Caller, type RouteAccess, SCOPES, type Scope } from "./route.ts";

/** Each may all that those before it may. */
const LEVELS: readonly Access[] = ["csm", "leader", "ops", "admin"];

export function reaches(has: Access, needs: Access): boolean {
  return LEVELS.indexOf(has) >= LEVELS.indexOf(needs);
}

/** A scope has those before it. */
export function scopesUpTo(scopes: readonly Scope[]): ReadonlySet<Scope> {
  const highest = Math.max(-1, ...scopes.map((scope) => SCOPES.indexOf(scope)));
  return new Set(SCOPES.slice(0, highest + 1));
}

/** What a caller lacks for a route; null: nothing. */
export function lacking(caller: Caller, needs: Exclude<RouteAccess, string>): string | null {
  if (!caller.scopes.has(needs.scope)) return `the scope \`${needs.scope}\``;
  if (!reaches(caller.access, needs.person)) return `the access \`${needs.person}\``;
  return null;
}
