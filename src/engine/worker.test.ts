import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Chance } from "../core/account/testing/random-life.ts";
import { openSharedStores } from "../store/testing/test-store.ts";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { pinLevel } from "./account-by-hand.ts";
import { decidingJobs } from "./deciding-jobs.ts";
import type { Store } from "./ports.ts";
import { account, Book, GO_LIVE, login, logins } from "./testing/book.ts";
import { LATER_MODEL } from "./testing/small-model.ts";
import { Worker } from "./worker.ts";
import type { WorkerJob } from "./worker-job.ts";

const MINUTE = 60_000;
const IDS = Array.from({ length: 60 }, (_, n) => `acc-${n}`);

describe.each(ENGINES_OF_ENGINE)("on %s", (engine) => {
  let stores: Store[] = [];
  let book: Book;
  let more: () => Promise<Store>;
  beforeEach(async () => {
    const shared = await openSharedStores(engine, 1);
    stores = [...shared.stores];
    more = async () => {
      const store = await shared.more();
      stores.push(store);
      return store;
    };
    book = new Book(stores[0]!);
  });
  afterEach(async () => {
    for (const store of new Set(stores)) await store.close();
  });
  const filled = async (): Promise<void> => {
    await book.import({
      accounts: IDS.map((id, n) => account(id, { createdAt: GO_LIVE - 9, traits: { arr: n * 4 } })),
      events: IDS.flatMap((id) => logins(id, GO_LIVE - 4, GO_LIVE - 1)),
    });
    await book.apply(undefined, GO_LIVE - 2);
  };
  const workerOn = (store: Store, id: string, jobs: readonly WorkerJob[] = decidingJobs()) =>
    new Worker({ context: { store, clock: () => book.now, actor: null }, id, jobs });
  const revisions = async () => {
    const accounts = await stores[0]!.accounts.load(IDS);
    return new Set(accounts.map(({ loaded }) => loaded.stateRev));
  };

  test("every account is decided exactly once a day, however many workers there are and die", async () => {
    await filled();
    const chance = new Chance(3);
    let made = 0;
    const newWorker = async () => {
      const store = await more();
      return { store, worker: workerOn(store, `w${++made}`) };
    };
    const workers = [await newWorker(), await newWorker(), await newWorker()];
    let killed = 0;
    for (let day = GO_LIVE + 1; day <= GO_LIVE + 10; day++) {
      for (const minutes of [0, 1, 2, 3, 5, 600]) {
        book.on(day).now += minutes * MINUTE;
        const draining = workers.map(({ worker }) => worker.drain());
        if (engine !== "pglite" && chance.whole(4) === 0) {
          // one dies in the middle of what it does, and another comes for it
          const victim = chance.whole(workers.length);
          await new Promise((resolve) => setTimeout(resolve, chance.whole(40)));
          stores = stores.filter((store) => store !== workers[victim]!.store);
          await workers[victim]!.store.close();
          await Promise.allSettled(draining);
          workers[victim] = await newWorker();
          killed += 1;
        } else await Promise.all(draining);
      }
      // the first decision, then one a day
      expect(await revisions()).toEqual(new Set([1 + day - GO_LIVE]));
    }
    expect(engine === "pglite" || killed > 3).toBe(true);
    const [one] = await stores[0]!.accounts.load(["acc-59"]);
    expect(one?.decidedOn).toBe(GO_LIVE + 10);
  }, 120_000);

  test("midnight is spread over minutes; who was away catches up each missed day", async () => {
    await filled();
    const worker = workerOn(stores[0]!, "w");
    const decidedToday = async (day: number) =>
      (await stores[0]!.accounts.load(IDS)).filter(({ decidedOn }) => decidedOn === day).length;
    book.on(GO_LIVE + 1).now += 1;
    await worker.drain();
    const first = await decidedToday(GO_LIVE + 1);
    book.now += 2 * MINUTE;
    await worker.drain();
    const later = await decidedToday(GO_LIVE + 1);
    expect(first).toBeLessThan(later);
    expect(later).toBeLessThan(IDS.length);
    book.now += 2 * MINUTE;
    await worker.drain();
    expect(await decidedToday(GO_LIVE + 1)).toBe(IDS.length);
    // quiet accounts are in `quiet` from their third day on, whether anybody looked or not
    book.on(GO_LIVE + 14, 9);
    await worker.drain();
    const history = await stores[0]!.decisions.history("acc-1", 50);
    expect(history.map(({ cause }) => cause)).toContain("midnight");
    expect(new Set(history.map(({ day }) => day)).size).toBeGreaterThan(4);
  });

  test("news is decided at once, each with its cause", async () => {
    await filled();
    const worker = workerOn(stores[0]!, "w");
    const causes = async (id: string) =>
      (await stores[0]!.decisions.history(id, 3)).map(
        ({ cause, day }) => `${cause} ${day - GO_LIVE}`,
      );
    book.on(GO_LIVE + 1, 8);
    await worker.drain();
    await book.import({ accounts: [account("acc-1", { traits: { arr: 500 } })] });
    expect(await worker.drain()).toBe(1);
    expect((await causes("acc-1"))[0]).toBe("event 1");
    // a person's change of which only the worker takes notice
    const pin = { level: "high", until: null, reason: "asked" };
    const [loaded] = await stores[0]!.accounts.load(["acc-2"]);
    await stores[0]!.accounts.putState(
      "acc-2",
      {
        state: { ...loaded!.state!, pin: { ...pin, by: "ann" } },
        stateRev: loaded!.loaded.stateRev,
        audit: { by: "ann", what: "pinned", account: "acc-2", reason: "asked", details: {} },
      },
      { now: book.now, today: GO_LIVE + 1 },
    );
    await worker.drain();
    expect((await causes("acc-2"))[0]).toBe("person 1");
    // another process makes another model live, and dies before it decides by it
    const { model } = await import("./check-model.ts").then(({ checkModel }) =>
      checkModel({ file: "m", source: LATER_MODEL, messages: {} }),
    );
    await stores[0]!.models.add({
      name: model!.name,
      hash: model!.hash,
      source: LATER_MODEL,
      messages: {},
      appliedAt: book.now,
      by: null,
      reason: null,
    });
    expect(await worker.drain()).toBe(IDS.length);
    expect((await causes("acc-50"))[0]).toBe("model 1");
    expect(await worker.drain()).toBe(0);
    book.on(GO_LIVE + 2, 8);
    await worker.drain();
    await pinLevel(book.context, "acc-3", pin);
    expect((await causes("acc-3"))[0]).toBe("person 2");
  });

  test("an account that throws stops no other, is told of, and is tried again later", async () => {
    await filled();
    const store = stores[0]!;
    let isBroken = true;
    const poisoned: Store = {
      ...store,
      accounts: {
        ...store.accounts,
        save: (batch, moment) =>
          isBroken && batch.some(({ id }) => id === "acc-7")
            ? Promise.reject(new Error("acc-7 cannot be stored"))
            : store.accounts.save(batch, moment),
      },
    };
    const worker = workerOn(poisoned, "w");
    book.on(GO_LIVE + 1, 9);
    await worker.drain();
    const decided = await store.accounts.load(IDS);
    expect(decided.filter(({ decidedOn }) => decidedOn === GO_LIVE).map(({ id }) => id)).toEqual([
      "acc-7",
    ]);
    expect(worker.status().troubled).toMatchObject([
      { account: "acc-7", error: "acc-7 cannot be stored", attempts: 1 },
    ]);
    expect(await store.leases.workers(book.now)).toHaveLength(1);
    isBroken = false;
    expect(await worker.drain()).toBe(0);
    book.now += 10_000;
    expect(await worker.drain()).toBe(1);
    expect(worker.status().troubled).toEqual([]);
  });

  test("running, it decides what comes in without being asked, and stops with its work done", async () => {
    await filled();
    const store = stores[0]!;
    book.on(GO_LIVE, 12);
    const failing: WorkerJob = {
      name: "failing",
      every: 5,
      run: () => Promise.reject(new Error("no luck")),
    };
    const errors: string[] = [];
    const worker = new Worker({
      context: { store, clock: () => book.now, actor: null },
      id: "w",
      jobs: [...decidingJobs(), failing],
      onError: (job, error) => errors.push(`${job}: ${(error as Error).message}`),
    });
    worker.start();
    await book.import({ events: [login("acc-4", GO_LIVE, { messageId: "now" })] });
    worker.wake();
    await expect
      .poll(async () => (await store.accounts.load(["acc-4"]))[0]?.events.at(-1)?.pending, {
        timeout: 20_000,
      })
      .toBe(false);
    expect(await worker.stop()).toBe(true);
    expect(errors[0]).toBe("failing: no luck");
    expect(worker.status().jobs.find(({ name }) => name === "failing")?.error).toBe("no luck");
    expect(await store.leases.workers(book.now)).toEqual([]);
    await book.import({ events: [login("acc-4", GO_LIVE, { messageId: "later" })] });
    worker.wake();
    const [account4] = await store.accounts.load(["acc-4"]);
    expect(account4?.events.filter(({ pending }) => pending)).toHaveLength(1);
  });

  test("while an import runs, accounts that were never decided wait for the rest of their data", async () => {
    await filled();
    const worker = workerOn(stores[0]!, "w");
    book.on(GO_LIVE, 12);
    await stores[0]!.settings.set("import-running", book.now + 60_000);
    const rows = [account("new"), account("acc-5", { traits: { arr: 1 } })];
    await stores[0]!.intake.accounts(rows, { now: book.now, today: GO_LIVE });
    expect(await worker.drain()).toBe(1);
    // an import that died is not waited for any longer
    book.now += 61_000;
    expect(await worker.drain()).toBe(1);
  });
});
