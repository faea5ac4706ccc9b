import {
  applyChoice,
  cancelTouch,
  chooseSends,
  nextSendTime,
  type SendChoice,
  type TouchChange,
} from "../../core/schedule/index.ts";
import { localDay, startOfDay } from "../../core/time/zone.ts";
import type { LiveAccount } from "../live-book.ts";
import type { LiveModel } from "../live-model.ts";
import type { Claim, ClaimFacts, Moment, RenderedMessage } from "../ports.ts";
import { lastHumanDays, sentRecords } from "./account-sends.ts";
import { addressHash } from "./address-hash.ts";
import { type ClaimMaker, claimOf, sendClaim, spoiltClaim } from "./claim-of.ts";
import { NOT_SET_UP } from "./delivery-options.ts";
import type { WaitingTouch } from "./waiting-touch.ts";
import { whyPaused } from "./why-paused.ts";

/** Its message, why it could not be made, or why there is nobody to send it to. */
export type Prepared =
  | { readonly message: RenderedMessage }
  | { readonly spoilt: string }
  | { readonly nobody: string };

export interface Choosing {
  readonly live: LiveModel;
  readonly moment: Moment;
  readonly accounts: readonly LiveAccount[];
  readonly waiting: readonly WaitingTouch[];
  /** Human touches that are open and were let through today. */
  readonly passed: ReadonlySet<string>;
  /** By key, from what is unchanged; none for what a person does, and for what no channel sends. */
  readonly prepared: ReadonlyMap<string, Prepared>;
  readonly maker: ClaimMaker;
}

/** Which of the waiting touches go, wait or are given up, by what is known under the locks. */
export function chooseClaims(choosing: Choosing, facts: ClaimFacts): Claim[] {
  const { waiting, live, moment } = choosing;
  const fresh = waiting.filter(({ account }) => facts.unchanged.has(account.id));
  const claims: Claim[] = [];
  const candidates: WaitingTouch[] = [];
  for (const one of fresh) {
    const choice = one.touch.human ? null : withoutCaps(choosing, facts, one);
    if (choice) claims.push(waitClaim(choosing, one, choice));
    else candidates.push(one);
  }
  const zone = live.model.workspace.timezone;
  const accounts = choosing.accounts.filter(({ id }) => facts.unchanged.has(id));
  const choices = chooseSends({
    caps: live.model.caps,
    today: moment.today,
    candidates: candidates.map(({ touch, countedAs }) => ({ touch, receiver: countedAs })),
    sent: sentRecords(
      accounts,
      facts.uses,
      choosing.passed,
      new Set(candidates.map(({ touch }) => touch.key)),
      { today: moment.today, zone },
    ),
    lastHuman: lastHumanDays(accounts, zone),
  });
  const waitingOf = new Map(candidates.map((one) => [one.touch.key, one]));
  for (const choice of choices) {
    const one = waitingOf.get(choice.touch.key);
    if (one) claims.push(claimFor(choosing, one, choice));
  }
  return claims;
}

type NotSent = Exclude<SendChoice, { readonly verdict: "send" }> | { readonly cancel: string };

/** What keeps an automated touch from going, caps aside; null: nothing. */
function withoutCaps(
  { live, moment, prepared }: Choosing,
  { pauses, suppressed }: ClaimFacts,
  one: WaitingTouch,
): NotSent | null {
  const { touch, channel, receiver } = one;
  const held = whyPaused(pauses, touch) ?? (channel ? null : NOT_SET_UP);
  const days = live.model.caps.giveUpAfter;
  const isLate = moment.today - touch.due > days && !touch.must;
  if (held !== null && isLate)
    return { touch, verdict: "drop", reason: `${held} for longer than ${days} days` };
  const made = prepared.get(touch.key);
  if (made && "nobody" in made) return { cancel: made.nobody };
  const address = touch.channel === "in_app" || receiver === null ? null : addressHash(receiver);
  const stopped = suppressed.find(
    (found) =>
      found.address === address && (found.channel === "all" || found.channel === touch.channel),
  );
  if (stopped) return { cancel: `the address must not be written to: ${stopped.reason}` };
  return held === null ? null : { touch, verdict: "defer", reason: held };
}

function waitClaim(choosing: Choosing, one: WaitingTouch, choice: NotSent): Claim {
  const { now } = choosing.moment;
  const change =
    "cancel" in choice ? cancelTouch(one.touch, choice.cancel, now) : applyChoice(choice, now);
  return claimOf(choosing.maker, one, change, { tryAt: tomorrow(choosing, one) });
}

function claimFor(choosing: Choosing, one: WaitingTouch, choice: SendChoice): Claim {
  const { touch } = one;
  const { now, today } = choosing.moment;
  if (choice.verdict !== "send") return waitClaim(choosing, one, choice);
  if (touch.human) {
    const change: TouchChange = applyChoice(choice, now);
    return claimOf(choosing.maker, one, change, { tryAt: null, passedOn: today });
  }
  const prepared = choosing.prepared.get(touch.key);
  if (!prepared || "nobody" in prepared) throw new Error(`no message was made for ${touch.id}`);
  return "spoilt" in prepared
    ? spoiltClaim(choosing.maker, one, prepared.spoilt)
    : sendClaim(choosing.maker, one, prepared.message);
}

/** What was held back is tried again on the next day: human at its start, else when the window opens. */
function tomorrow(
  { live, moment: { now, today } }: Choosing,
  { touch, zone }: WaitingTouch,
): number {
  if (touch.human) return startOfDay(today + 1, zone);
  return nextSendTime(live.model, zone, localDay(now, zone) + 1, now);
}
