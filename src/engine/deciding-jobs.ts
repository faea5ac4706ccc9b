import type { Day } from "../core/time/day.ts";
import { startOfDay } from "../core/time/zone.ts";
import { decideAccounts, decideInBatches, type DecideWith } from "./decide-accounts.ts";
import { isImportRunning } from "./import-running.ts";
import { isOutage } from "./is-outage.ts";
import type { LiveModel } from "./live-model.ts";
import { readReplay, type Replay } from "./replay.ts";
import { TroubledAccounts } from "./troubled-accounts.ts";
import type { WorkContext, WorkerJob } from "./worker-job.ts";

/** Accounts taken up in one run. */
const AT_ONCE = 500;
/** The same at midnight, when nobody waits: while one batch is stored the next ones are read and decided. */
const PASS_AT_ONCE = 20_000;
/** Accounts decided and stored together: few, so that the first of them does not wait for the last. */
const BATCH = 100;
/** At midnight each statement is of more of them: the database does it in two thirds of the time. */
const PASS_BATCH = 500;
/** How often to look for news that came through another process, in ms; what comes through this one wakes it. */
const LOOK_EVERY = 150;
/** The same once there was nothing so many times in a row: still well within a second. */
const LOOK_IDLE_EVERY = 600;
const IDLE_AFTER = 60;
const MIDNIGHT_EVERY = 5_000;
/** Accounts are spread over this time after local midnight, by their buckets. */
const SPREAD_MS = 4 * 60_000;
const BUCKETS = 256;

export interface DecidingOptions {
  readonly spreadMs?: number;
}

/**
 * What keeps decisions up to date while a worker runs: `decide` takes up accounts with news,
 * `midnight` every account once a local day. They share what each has set aside.
 */
export function decidingJobs({ spreadMs = SPREAD_MS }: DecidingOptions = {}): WorkerJob[] {
  const desk = new DecidingDesk();
  return [
    {
      name: "decide",
      get every() {
        return desk.lookEvery;
      },
      run: (work) => desk.decideNews(work),
      troubled: () => desk.troubled.list(),
    },
    { name: "midnight", every: MIDNIGHT_EVERY, run: (work) => desk.passMidnight(work, spreadMs) },
  ];
}

class DecidingDesk {
  readonly troubled = new TroubledAccounts();
  readonly #replays = new WeakMap<LiveModel, Replay | null>();
  /** The account that was taken up last: the others come first, so that none waits for ever. */
  #last: string | null = null;
  /** How often in a row there was nothing. */
  #idle = 0;

  get lookEvery(): number {
    return this.#idle < IDLE_AFTER ? LOOK_EVERY : LOOK_IDLE_EVERY;
  }

  async decideNews(work: WorkContext): Promise<number> {
    const live = await work.live();
    if (!live) return 0;
    let ids = await this.#withNews(work, this.#last);
    if (ids.length === 0 && this.#last !== null) ids = await this.#withNews(work, null);
    this.#last = ids.length < AT_ONCE ? null : (ids.at(-1) ?? null);
    this.#idle = ids.length > 0 ? 0 : this.#idle + 1;
    if (ids.length > 0) await this.#decide(work, live, ids, "decide");
    return ids.length;
  }

  async #withNews(work: WorkContext, after: string | null): Promise<string[]> {
    const { context } = work;
    const filter = {
      buckets: work.buckets(),
      limit: AT_ONCE,
      except: this.troubled.waiting(context.clock()),
      after,
    };
    const { accounts } = context.store;
    const ids = await accounts.withNews({ ...filter, withNew: true });
    // one whose data is still coming in would be decided by the first of it
    if (ids.length === 0 || !(await isImportRunning(context))) return ids;
    return accounts.withNews({ ...filter, withNew: false });
  }

  async passMidnight(work: WorkContext, spreadMs: number): Promise<number> {
    const live = await work.live();
    if (!live) return 0;
    const { now, today } = live.moment();
    const elapsed = now - startOfDay(today, live.model.workspace.timezone);
    const ids = await work.context.store.accounts.behind(
      {
        buckets: bucketsDue(work.buckets(), today, elapsed / spreadMs),
        limit: PASS_AT_ONCE,
        except: this.troubled.waiting(now),
      },
      today,
    );
    if (ids.length > 0) await this.#decide(work, live, ids, "midnight");
    return ids.length;
  }

  async #decide(
    work: WorkContext,
    live: LiveModel,
    ids: readonly string[],
    job: string,
  ): Promise<void> {
    const { context, book } = work;
    const moment = live.moment();
    const isPass = job === "midnight";
    const desk = { context, live, book, moment, isPass, replay: await this.#replay(work, live) };
    try {
      // those that others changed meanwhile still have news, or are still behind
      await decideInBatches(desk, ids, {
        cause: null,
        size: isPass ? PASS_BATCH : BATCH,
        onDecided: ({ account }) => this.troubled.clear([account.id]),
        signal: work.signal,
      });
    } catch (error) {
      if (isOutage(error)) throw error;
      const left = await context.store.accounts.ids({ ids, toDecideOn: moment.today });
      await this.#decideApart(desk, left, job);
    }
    // what has become due is looked at now rather than when its turn comes
    work.wake("deliver");
  }

  /** One account that throws must not stop the others: halves, down to the one. */
  async #decideApart(desk: DecideWith, ids: readonly string[], job: string): Promise<void> {
    try {
      const { decided } = await decideAccounts(desk, ids);
      this.troubled.clear(decided.map(({ account }) => account.id));
    } catch (error) {
      if (isOutage(error)) throw error;
      const [only] = ids;
      if (only === undefined) return;
      if (ids.length === 1) {
        this.troubled.add(only, job, error, desk.moment.now);
        return;
      }
      const middle = ids.length >> 1;
      await this.#decideApart(desk, ids.slice(0, middle), job);
      await this.#decideApart(desk, ids.slice(middle), job);
    }
  }

  /** It is written before the first model is, and never again. */
  async #replay({ context }: WorkContext, live: LiveModel): Promise<Replay | null> {
    let replay = this.#replays.get(live);
    if (replay === undefined) this.#replays.set(live, (replay = await readReplay(context.store)));
    return replay;
  }
}

/** Those whose time after midnight has come, in another order each day. `part`: of the spread that is over. */
function bucketsDue(
  mine: readonly number[] | null,
  today: Day,
  part: number,
): readonly number[] | null {
  if (part >= 1) return mine;
  const all = mine ?? Array.from({ length: BUCKETS }, (_, bucket) => bucket);
  return all.filter((bucket) => ((bucket * 167 + today * 31) % BUCKETS) / BUCKETS <= part);
}
