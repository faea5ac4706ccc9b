import type { Day } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import { makeLinks } from "../links/message-links.ts";
import type { LiveModel } from "../live-model.ts";
import type { RenderedMessage, TeamRow } from "../ports.ts";
import type { Prepared } from "./choose-claims.ts";
import type { Decided } from "./decide-again.ts";
import { type DeliveryOptions, senderName } from "./delivery-options.ts";
import { messageScene } from "./message-scene.ts";
import { type WaitingTouch, whyNobody } from "./waiting-touch.ts";

/**
 * By key, for automated touches: the message, or why nobody may have it. It holds for as long as
 * nothing about the account changes, which the claim looks at under its lock.
 */
export function prepareMessages(
  live: LiveModel,
  waiting: readonly WaitingTouch[],
  decided: ReadonlyMap<string, Decided>,
  { settings }: DeliveryOptions,
  team: readonly TeamRow[],
  today: Day,
): Map<string, Prepared> {
  const context = {
    team: new Map(team.map((member) => [member.id, member])),
    sender: senderName(settings),
    today,
  };
  const prepared = new Map<string, Prepared>();
  for (const one of waiting) {
    const { touch, channel, marks } = one;
    const values = decided.get(one.account.id);
    if (touch.human || !values) continue;
    const nobody = whyNobody(one, (contact) => values.env(contact.id));
    if (nobody !== null) prepared.set(touch.key, { nobody });
    else if (channel) {
      const made = spoiltOr(() => {
        const scene = messageScene(live, one, values, context);
        return channel.render(scene, makeLinks(settings, `${touch.id}.${marks.attempts + 1}`));
      });
      prepared.set(touch.key, made);
    }
  }
  return prepared;
}

/**
 * What is wrong is said where the message would be, among the dead: one message that cannot be
 * made keeps no other from going.
 */
function spoiltOr(render: () => RenderedMessage): Prepared {
  try {
    return { message: render() };
  } catch (error) {
    if (error instanceof AppError) return { spoilt: error.message };
    const what = error instanceof Error ? error.message : String(error);
    return { spoilt: `the message could not be made: ${what}` };
  }
}
