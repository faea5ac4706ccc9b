import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { openSharedStores, openTestStore } from "../store/testing/test-store.ts";
import { applyPlan } from "./apply-plan.ts";
import { decidingJobs } from "./deciding-jobs.ts";
import { LiveBook } from "./live-book.ts";
import { ModelInForce } from "./model-in-force.ts";
import type { EventRow, Store } from "./ports.ts";
import { rollbackModel } from "./rollback-model.ts";
import { account, Book, GO_LIVE, login, logins } from "./testing/book.ts";
import { LATER_MODEL } from "./testing/small-model.ts";
import type { WorkContext } from "./worker-job.ts";

const IDS = Array.from({ length: 12 }, (_, n) => `acc-${n}`);
const ROUNDS = 2;
const LATER = {
  file: "model.yaml",
  source: LATER_MODEL.replace("hold: 3d", "hold: 0d"),
  messages: {},
};

async function begun(store: Store): Promise<Book> {
  const book = new Book(store, GO_LIVE, 9);
  await book.import({
    accounts: IDS.map((id, n) => account(id, { createdAt: GO_LIVE - 50, traits: { arr: n * 70 } })),
    events: IDS.flatMap((id, n) => logins(id, GO_LIVE - 5 - (n % 9), GO_LIVE - 1 - (n % 9))),
  });
  await book.apply(undefined, GO_LIVE - 4);
  return book;
}

/** Decides by itself what comes in, until it is told to stop. */
function worker({ context, store }: Book): { stop(): Promise<number> } {
  const stopping = new AbortController();
  const inForce = new ModelInForce(context);
  const work: WorkContext = {
    context,
    worker: "w",
    book: new LiveBook(store),
    live: () => inForce.get(),
    buckets: () => null,
    signal: stopping.signal,
    wake: () => undefined,
  };
  const [decide] = decidingJobs({ spreadMs: 0 });
  const loop = async (): Promise<number> => {
    let done = 0;
    while (!stopping.signal.aborted) {
      done += (await decide?.run(work)) ?? 0;
      await pause(5);
    }
    return done;
  };
  const running = loop();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

describe.each(ENGINES_OF_ENGINE)("a change of the model while work goes on, on %s", (engine) => {
  const open: Store[] = [];
  afterEach(async () => {
    for (const store of new Set(open.splice(0))) await store.close();
  });

  test("nothing is lost, nobody is decided by a version that is not live, and going back leaves no trace", async () => {
    const { stores } = await openSharedStores(engine, 3);
    const alone = await openTestStore("pglite");
    open.push(...stores, alone);
    const [mine, workers, tracker] = stores as [Store, Store, Store];
    const [book, control] = [await begun(mine), await begun(alone)];
    const events: EventRow[] = [];
    const over = new AbortController();
    const track = async (): Promise<void> => {
      const side = new Book(tracker, GO_LIVE, 10);
      for (let n = 0; !over.signal.aborted; n++) {
        const day = GO_LIVE - (n % 3);
        const news = [login(IDS[(n * 5) % IDS.length] ?? "", day, { messageId: `live ${n}` })];
        await side.import({ events: news });
        events.push(...news);
        await pause(5);
      }
    };
    const working = worker(new Book(workers, GO_LIVE, 10));
    const tracking = track();
    book.on(GO_LIVE, 10);
    for (let round = 0; round < ROUNDS; round++) {
      await applyPlan(book.context, LATER, { allow: ["accounts-without-program"] });
      await rollbackModel(book.context);
    }
    over.abort();
    await tracking;
    const decided = await working.stop();
    await book.decide();
    expect(events.length).toBeGreaterThan(IDS.length);
    expect(decided).toBeGreaterThan(0);

    control.on(GO_LIVE, 10);
    await control.import({ events });
    await control.decide();
    expect(await standing(book)).toEqual(await standing(control));

    const live = (await mine.changes.list()).map(({ version }) => version).toReversed();
    expect(live).toEqual([1, 2, 1, 3, 1]);
    const tracked = new Set(events.map(({ messageId }) => messageId));
    for (const one of await mine.accounts.load(IDS)) {
      expect(one.events.filter(({ pending }) => pending)).toEqual([]);
      for (const { id } of one.events) tracked.delete(id);
      // each stored decision is by the version that was live when it was stored
      let at = 0;
      for (const { modelVersion } of (await mine.decisions.history(one.id, 1000)).toReversed()) {
        while (at < live.length && live[at] !== modelVersion) at += 1;
        expect(at, `${one.id}: version ${modelVersion}`).toBeLessThan(live.length);
      }
      expect(one.decidedModel).toBe(1);
      const numbers = one.events.flatMap((event) => /^ts:[^:]+:(\d+)$/.exec(event.id)?.[1] ?? []);
      expect(numbers.map(Number).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: one.state?.serial ?? -1 }, (_, n) => n),
      );
    }
    expect([...tracked]).toEqual([]);
  });
});

async function standing({ store }: Book): Promise<unknown> {
  const all = await store.accounts.load(IDS);
  return all.map(({ id, state, touches, events }) => ({
    id,
    level: state?.decided?.level?.name,
    segments: state?.decided?.segments,
    runs: state?.schedule.runs,
    touches: touches.map(({ key, status, due }) => `${key} ${status} ${due}`).toSorted(),
    // through which bands a day went depends on how its events came in
    events: events
      .filter(({ name }) => !name.startsWith("health:"))
      .map(({ name, at, engine: own }) => (own ? name : `${name} ${at}`))
      .toSorted(),
  }));
}
