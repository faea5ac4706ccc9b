import { randomBytes } from "node:crypto";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { SafeHttp } from "../ports/http.ts";
import type { NoticeType, Webhook } from "../ports/webhooks.ts";
import type { AuditEntry } from "../ports.ts";
import { workspaceMoment } from "../results/workspace-moment.ts";
import type { Settings } from "../settings.ts";
import { type Delivery, sendWebhook } from "./send-webhook.ts";

export interface WebhookWish {
  readonly url: string;
  readonly types: readonly NoticeType[];
  readonly note: string | null;
  readonly active: boolean;
}

/** More would only be the same receiver asking twice. */
const MOST_WEBHOOKS = 50;

export interface WebhookDeps {
  readonly context: EngineContext;
  readonly http: SafeHttp;
  readonly settings: Pick<Settings, "secret" | "allowPrivateTargets">;
}

export async function addWebhook(deps: WebhookDeps, wish: WebhookWish): Promise<Webhook> {
  const { context } = deps;
  await refuseTarget(deps, wish.url);
  const present = await context.store.webhooks.list();
  if (present.length >= MOST_WEBHOOKS) {
    throw new AppError("bad-value", `There are ${MOST_WEBHOOKS} webhooks, which is the most.`);
  }
  const webhook: Webhook = {
    ...wish,
    id: `wh_${randomBytes(9).toString("base64url").replace(/[-_]/g, "x")}`,
    url: new URL(wish.url).href,
    stopped: null,
    createdAt: context.clock(),
    createdBy: context.actor,
  };
  await put(context, webhook, "webhook added");
  return webhook;
}

export async function changeWebhook(
  deps: WebhookDeps,
  id: string,
  wish: Partial<WebhookWish>,
): Promise<Webhook> {
  const before = await findWebhook(deps.context, id);
  if (wish.url !== undefined) await refuseTarget(deps, wish.url);
  const active = wish.active ?? before.active;
  const webhook: Webhook = {
    ...before,
    ...wish,
    url: wish.url === undefined ? before.url : new URL(wish.url).href,
    active,
    stopped: active ? null : before.stopped,
  };
  await put(deps.context, webhook, "webhook changed");
  return webhook;
}

export async function removeWebhook(context: EngineContext, id: string): Promise<void> {
  const { url } = await findWebhook(context, id);
  const audit = entry(context, "webhook removed", { webhook: id, url });
  await context.store.webhooks.remove(id, audit, await workspaceMoment(context));
}

export async function findWebhook({ store }: EngineContext, id: string): Promise<Webhook> {
  const found = (await store.webhooks.list()).find((one) => one.id === id);
  if (found) return found;
  throw new AppError("unknown-webhook", `There is no webhook \`${id}\`.`);
}

/** Sends a message that says nothing, at once and once, to see whether it arrives. */
export async function pingWebhook(
  { context, http, settings }: WebhookDeps,
  id: string,
): Promise<Delivery> {
  const webhook = await findWebhook(context, id);
  const now = context.clock();
  const payload = {
    type: "ping",
    timestamp: new Date(now).toISOString(),
    data: { webhook: id },
  };
  const message = { id: `msg_ping${randomBytes(12).toString("hex")}`, payload };
  return sendWebhook(http, settings, webhook, message, now);
}

async function refuseTarget({ http, settings }: WebhookDeps, url: string): Promise<void> {
  const reason = await http.whyRefused(url, settings.allowPrivateTargets);
  if (reason === null) return;
  throw new AppError(
    "bad-value",
    `${url} cannot be asked: ${reason}.`,
    "Give an https address of the public internet; addresses of your own network need the setting `allow_private_targets`.",
  );
}

async function put(context: EngineContext, webhook: Webhook, what: string): Promise<void> {
  const { id, url, types, active } = webhook;
  const audit = entry(context, what, { webhook: id, url, types: [...types], active });
  await context.store.webhooks.put(webhook, audit, await workspaceMoment(context));
}

function entry(context: EngineContext, what: string, details: AuditEntry["details"]): AuditEntry {
  return { by: context.actor, what, account: null, reason: null, details };
}
