import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { Person } from "../ports.ts";
import { hashOf, newSecret } from "./secrets.ts";

const MINUTE_MS = 60_000;
export const LINK_MS = 30 * MINUTE_MS;
/** The first link may lie in a log for a while before somebody looks. */
export const FIRST_LINK_MS = 24 * 60 * MINUTE_MS;
export const SESSION_MS = 14 * 24 * 60 * MINUTE_MS;

/** The setting under which a server leaves its address, for those who print links. */
export const SERVER_URL = "server url";

/** Where a link leads, below the server's address. */
export function linkPath(token: string): string {
  return `/signin?token=${token}`;
}

/** A link's secret for the member with this address. Throws `unknown-member`. */
export async function makeSignIn(
  context: EngineContext,
  email: string,
): Promise<{ readonly token: string; readonly person: Person }> {
  const person = await context.store.access.memberByEmail(email);
  if (!person)
    throw new AppError(
      "unknown-member",
      `Nobody in the team has the address ${email}, or several do.`,
      "Import the team with its addresses (docs/guides/import.md), or use `touchstone signin --admin`.",
    );
  return { token: await newLink(context, person.member, LINK_MS), person };
}

/** A link's secret for the administrator, who needs no team. */
export function makeAdminSignIn(context: EngineContext, lasts = LINK_MS): Promise<string> {
  return newLink(context, null, lasts);
}

async function newLink(
  { store, clock }: EngineContext,
  member: string | null,
  lasts: number,
): Promise<string> {
  const token = newSecret();
  await store.access.addSignIn(hashOf(token), member, clock() + lasts);
  return token;
}

export interface OpenedSession {
  /** For the cookie: known to nobody else. */
  readonly secret: string;
  readonly person: Person;
  readonly expiresAt: number;
}

/** Uses a link up. null: unknown, expired, or used before. */
export async function openSession(
  { store, clock }: EngineContext,
  token: string,
): Promise<OpenedSession | null> {
  const now = clock();
  const secret = newSecret();
  const expiresAt = now + SESSION_MS;
  const session = { hash: hashOf(secret), createdAt: now, expiresAt };
  const person = await store.access.openSession(hashOf(token), session, now);
  return person && { secret, person, expiresAt };
}
