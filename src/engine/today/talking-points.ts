import { decisionEnv } from "../../core/explain/index.ts";
import type { Decision } from "../../core/decide/index.ts";
import { contactsAsPersons, type Touch } from "../../core/schedule/index.ts";
import type { Day } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import { liveAccount } from "../live-book.ts";
import type { LiveModel } from "../live-model.ts";
import { type DeliveryOptions, senderName } from "../outbox/delivery-options.ts";
import { messageScene } from "../outbox/message-scene.ts";
import type { WaitingTouch } from "../outbox/waiting-touch.ts";
import type { StoredAccount } from "../ports.ts";

/** What to talk about: the message file of the touch's template, filled in for the account. */
export interface TalkingPoints {
  readonly subject: string;
  readonly preheader: string | null;
  readonly text: string;
  /** Cleaned, without a page around it. */
  readonly html: string;
  /** What is wrong with the file; null: nothing. */
  readonly problem: string | null;
}

/** null: the touchpoint has no template, or the model no message file for it. */
export async function talkingPoints(
  context: EngineContext,
  live: LiveModel,
  { channels, settings }: Pick<DeliveryOptions, "channels" | "settings">,
  wanted: { readonly touch: Touch; readonly account: StoredAccount; readonly decision: Decision },
  today: Day,
): Promise<TalkingPoints | null> {
  const { touch, account, decision } = wanted;
  const touchpoint = live.model.touchpoints.find(({ name }) => name === touch.touchpoint);
  const task = channels.get("task");
  const hasFile = Object.keys(live.stored.messages).some(
    (file) => file.split(".")[0] === touchpoint?.template,
  );
  if (!touchpoint || !task || !hasFile) return null;
  const team = await context.store.team.list();
  const scene = messageScene(
    live,
    waiting(live, touch, account, touchpoint, today),
    { decision, env: () => decisionEnv(live.model, decision) },
    {
      team: new Map(team.map((one) => [one.id, one])),
      sender: senderName(settings),
      today,
    },
  );
  try {
    const { subject, preheader, text, html } = task.render(scene, null);
    return { subject, preheader, text, html, problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { subject: touch.title, preheader: null, text: "", html: "", problem: error.message };
  }
}

/** The touch as its channel would take it. */
function waiting(
  live: LiveModel,
  touch: Touch,
  stored: StoredAccount,
  touchpoint: WaitingTouch["touchpoint"],
  today: Day,
): WaitingTouch {
  const account = liveAccount(live, stored);
  const contacts = account.record.history.contacts(today).map((contact) => contact.at(today));
  const person = contactsAsPersons(contacts, new Set()).find(({ members }) =>
    members.some(({ id }) => id === touch.contact),
  );
  return {
    account,
    touch,
    marks: { account: account.id, key: touch.key, attempts: 0, passedOn: null, tryAt: null },
    touchpoint,
    person: person ?? null,
    receiver: null,
    countedAs: null,
    zone: live.model.workspace.timezone,
    channel: null,
  };
}
