import type { EngineContext } from "../context.ts";
import { makeKey } from "./keys.ts";
import { newSecret } from "./secrets.ts";
import { FIRST_LINK_MS, makeAdminSignIn } from "./sign-in.ts";

const KEY = "first start";

export interface FirstStart {
  /** The administrator's own key for the API. */
  readonly adminToken: string;
  /** Of a link that signs the administrator in, once. */
  readonly signIn: string;
}

/**
 * At the very first start nobody is known who could let others in: it makes an administrator's
 * token and a sign-in link, to be shown once; hashes are all that stays. null: not the first.
 */
export async function firstStart(
  context: EngineContext,
  serverSecret: string,
): Promise<FirstStart | null> {
  const { settings } = context.store;
  if ((await settings.get(KEY)) !== null) return null;
  // of several servers that start together one is the first
  const mine = newSecret();
  if ((await settings.keep(KEY, mine)) !== mine) return null;
  const { secret } = await makeKey(
    { ...context, actor: null },
    { kind: "admin", name: "admin token", scopes: ["admin"] },
    serverSecret,
  );
  return { adminToken: secret, signIn: await makeAdminSignIn(context, FIRST_LINK_MS) };
}
