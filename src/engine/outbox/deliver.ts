import { longestWindow, nextSendTime, type Touch } from "../../core/schedule/index.ts";
import type { LiveAccount } from "../live-book.ts";
import type { LiveModel } from "../live-model.ts";
import type { Claim, Moment, OutboxStore } from "../ports.ts";
import { TroubledAccounts } from "../troubled-accounts.ts";
import type { WorkContext, WorkerJob } from "../worker-job.ts";
import { addressHash } from "./address-hash.ts";
import { claimApart } from "./claim-apart.ts";
import { chooseClaims } from "./choose-claims.ts";
import { decideAgain } from "./decide-again.ts";
import {
  channelFor,
  type DeliveryOptions,
  LEASE_MS,
  mailDomain,
  NOT_SET_UP,
} from "./delivery-options.ts";
import { prepareMessages } from "./prepare-messages.ts";
import { sendAttempts } from "./send-attempts.ts";
import { SilentChannels } from "./silent-channels.ts";
import { spreadLate } from "./spread-late.ts";
import { type WaitingTouch, waitingTouches } from "./waiting-touch.ts";

/** Touches looked at in one run. */
const AT_ONCE = 500;
/** Touches claimed, and sent, in one go. */
const BATCH = 100;

/** What a deliver job remembers from run to run. */
interface Desk {
  readonly options: DeliveryOptions;
  readonly silent: SilentChannels;
  readonly troubled: TroubledAccounts;
}

/**
 * Sends touches whose time has come. All that decides whether one may go is looked at once more
 * in the transaction that claims it; nothing leaves before that has been stored.
 */
export function deliverJob(options: DeliveryOptions): WorkerJob {
  let released = false;
  const desk: Desk = { options, silent: new SilentChannels(), troubled: new TroubledAccounts() };
  return {
    name: "deliver",
    every: 5_000,
    async run(work) {
      const live = await work.live();
      if (!live || work.signal.aborted) return 0;
      // channels that were set up since the last start have waiting touches
      if (!released) await releaseSetUp(work, options);
      released = true;
      return deliverSome(work, live, desk);
    },
    troubled: () => desk.troubled.list(),
  };
}

async function releaseSetUp({ context }: WorkContext, options: DeliveryOptions): Promise<void> {
  const names = [...options.channels.keys()];
  await context.store.outbox.release({
    reason: NOT_SET_UP,
    channels: names.filter((name) => channelFor(options, name) !== null),
  });
}

async function deliverSome(
  work: WorkContext,
  live: LiveModel,
  { options, silent, troubled }: Desk,
): Promise<number> {
  const { context, book } = work;
  const { store } = context;
  const moment = live.moment();
  const listed = await store.outbox.toSend(work.buckets(), moment.now, moment.today, AT_ONCE);
  if (listed.length === 0) return 0;
  const accounts = await book.take(live, [...new Set(listed.map(({ account }) => account))]);
  const waiting = waitingTouches(live, accounts, listed, options, moment.today);
  const { ready, later } = inTurn(live, waiting, moment);
  await store.outbox.postpone(later);
  const first = byRank(live, ready).slice(0, options.batch ?? BATCH);
  const passed = new Set(
    waiting.filter((one) => isPassed(one, moment)).map(({ touch }) => touch.key),
  );
  const claims = await claimApart(
    first,
    (some) => claim(work, live, accounts, some, passed, options),
    async (ofOne, error) => {
      const id = ofOne[0]?.account.id ?? "";
      const { retryAt } = troubled.add(id, "deliver", error, moment.now);
      const put = ({ touch: { account, key } }: WaitingTouch): Postponed => ({
        account,
        key,
        tryAt: retryAt,
        spreadOn: null,
      });
      await store.outbox.postpone(ofOne.map(put));
    },
  );
  troubled.clear(claims.map(({ account }) => account));
  book.giveBack(live, accounts);
  await sendAttempts(
    work,
    claims.flatMap(({ outgoing }) => outgoing ?? []),
    options,
    silent,
  );
  if (claims.length > 0) work.wake("decide");
  return later.length + claims.length;
}

/** Human touches are let through once a day. */
function isPassed({ touch, marks }: WaitingTouch, { today }: Moment): boolean {
  return touch.human && touch.status === "due" && marks.passedOn === today;
}

type Postponed = Parameters<OutboxStore["postpone"]>[0][number];

/** Those that may go now, and when the others are looked at again. */
function inTurn(
  live: LiveModel,
  waiting: readonly WaitingTouch[],
  moment: Moment,
): { ready: WaitingTouch[]; later: Postponed[] } {
  const ready: WaitingTouch[] = [];
  const later: Postponed[] = [];
  for (const one of waiting) {
    const { touch, marks, zone } = one;
    if ((marks.tryAt ?? moment.now) > moment.now || isPassed(one, moment)) continue;
    const opens = touch.human ? moment.now : nextSendTime(live.model, zone, touch.due, moment.now);
    const spread = touch.human ? null : spreadOf(live, one, moment);
    const tryAt = spread ?? opens;
    if (tryAt <= moment.now) ready.push(one);
    else {
      const spreadOn = spread === null ? null : moment.today;
      later.push({ account: touch.account, key: touch.key, tryAt, spreadOn });
    }
  }
  return { ready, later };
}

/** What is given up goes at once; what was never late, and what only waits to be held, too. */
function spreadOf(
  live: LiveModel,
  { touch, marks, zone, channel }: WaitingTouch,
  { now, today }: Moment,
): number | null {
  const isLate = today - touch.due > live.model.caps.giveUpAfter && !touch.must;
  return isLate || !channel ? null : spreadLate(live.model, zone, touch, marks, now);
}

/** As the model ranks them, so that what matters most is claimed first. */
function byRank({ model }: LiveModel, waiting: readonly WaitingTouch[]): WaitingTouch[] {
  const { priority } = model.caps;
  const rank = ({ priority: own, purpose }: Touch): number => {
    const index = priority.indexOf(own ?? (purpose === "transactional" ? purpose : ""));
    return index < 0 ? priority.length : index;
  };
  return waiting.toSorted(
    ({ touch: a }, { touch: b }) => rank(a) - rank(b) || a.due - b.due || (a.key < b.key ? -1 : 1),
  );
}

async function claim(
  work: WorkContext,
  live: LiveModel,
  accounts: readonly LiveAccount[],
  waiting: readonly WaitingTouch[],
  passed: ReadonlySet<string>,
  options: DeliveryOptions,
): Promise<readonly Claim[]> {
  if (waiting.length === 0) return [];
  const { store } = work.context;
  const team = await store.team.list();
  const wanted = new Set(waiting.map(({ account }) => account.id));
  const own = accounts.filter(({ id }) => wanted.has(id));
  // in one go: what is decided again here stands only until something else is
  const moment = live.moment();
  const decided = decideAgain(live, own, moment.today);
  const prepared = prepareMessages(live, waiting, decided, options, team, moment.today);
  const maker = {
    moment,
    lease: { worker: work.worker, until: moment.now + LEASE_MS },
    sends: options.settings.send,
    domain: mailDomain(options.settings),
  };
  return store.outbox.claim(
    {
      accounts: own,
      receivers: waiting.flatMap(({ countedAs }) => countedAs ?? []),
      addresses: waiting.flatMap(({ receiver, touch }) =>
        receiver === null || touch.channel === "in_app" ? [] : addressHash(receiver),
      ),
      since: moment.today - longestWindow(live.model.caps) + 1,
    },
    (facts) =>
      chooseClaims({ live, moment, accounts: own, waiting, passed, prepared, maker }, facts),
    moment,
  );
}
