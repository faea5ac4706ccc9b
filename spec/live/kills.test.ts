import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { KILLS } from "../e2e/support/kill.ts";
import { type Balance, balanceOf, Harness, type Kind, untilSettled } from "./support/harness.ts";
import type { RunningServer } from "./support/running-server.ts";
import { sendEvents } from "./support/send-events.ts";
import { type Workload, workloadOf } from "./support/workload.ts";

/**
 * Nothing lost, nothing twice: four clients send events while the process is killed at random
 * moments and started again. Every acknowledged event is there once, every touch was delivered
 * at most once, and all that should have been is delivered, or said to be uncertain.
 */
const EVENTS = Number(process.env["TOUCHSTONE_EVENTS"] ?? 2_000);
const LASTS_MS = KILLS * 2_500;
/** On a machine that has much else to do; by itself it takes a minute. */
const WITHIN_MS = 300_000 + KILLS * 20_000;
const ACCOUNTS = Math.max(20, EVENTS / 250);

test.each<Kind>(["pglite", "postgres"])(
  "serve on %s, killed again and again",
  async (kind) => {
    const harness = await Harness.open(kind);
    try {
      const workload = workloadOf({ events: EVENTS, accounts: ACCOUNTS }, new Date());
      let server = await harness.serve();
      let kills = 0;
      const sending = sendEvents(workload, () => server.url, harness.writeKey, LASTS_MS);
      for (let kill = 0; kill < KILLS; kill++) {
        await sleep(300 + Math.random() * 3_000);
        await server.kill();
        kills += 1;
        server = await harness.serve();
      }
      const sent = await sending;
      await untilSettled(harness, server);
      expect(await server.stop()).toMatchObject({ code: 0 });
      const balance = await balanceOf(harness, workload);
      report(`${kind}: ${kills} kills`, workload, sent, balance, harness.mail.mails.length);
      check(balance, workload);
    } finally {
      await harness.close();
    }
  },
  WITHIN_MS,
);

test(
  "three workers on Postgres, one killed every few seconds",
  async () => {
    const harness = await Harness.open("postgres");
    try {
      const workload = workloadOf({ events: EVENTS, accounts: ACCOUNTS }, new Date());
      const server = await harness.serve();
      const workers: RunningServer[] = [await harness.worker(), await harness.worker()];
      const progress = { done: false };
      const sending = sendEvents(workload, () => server.url, harness.writeKey, LASTS_MS).finally(
        () => {
          progress.done = true;
        },
      );
      let kills = 0;
      while (!progress.done || kills < KILLS) {
        await sleep(500 + Math.random() * 2_500);
        const victim = kills % workers.length;
        await workers[victim]?.kill();
        workers[victim] = await harness.worker();
        kills += 1;
      }
      const sent = await sending;
      await untilSettled(harness, server);
      for (const one of [...workers, server]) expect(await one.stop()).toMatchObject({ code: 0 });
      const balance = await balanceOf(harness, workload);
      report(`three workers: ${kills} kills`, workload, sent, balance, harness.mail.mails.length);
      check(balance, workload);
    } finally {
      await harness.close();
    }
  },
  WITHIN_MS,
);

function check(balance: Balance, workload: Workload): void {
  expect(balance.events).toEqual(Object.fromEntries(workload.events));
  // what decisions were made from is the same: each event counted, none of them twice
  const decided = Object.entries(balance.views).filter(([account]) => workload.views.has(account));
  expect(Object.fromEntries(decided)).toEqual(Object.fromEntries(workload.views));
  expect(balance).toMatchObject({
    unattributed: 0,
    twice: [],
    phantom: [],
    unaccounted: [],
    undecided: [],
    forgotten: [],
  });
  const settled = new Set(["done", "uncertain"]);
  const welcomes = Object.keys(balance.touches).filter((label) => label.startsWith("welcome "));
  expect(welcomes.filter((label) => !settled.has(label.slice("welcome ".length)))).toEqual([]);
}

function report(
  what: string,
  workload: Workload,
  sent: { readonly acknowledged: number; readonly again: number },
  balance: Balance,
  mails: number,
): void {
  const events = [...workload.events.values()].reduce((sum, n) => sum + n, 0);
  const touches = Object.entries(balance.touches).map(([label, n]) => `${label} ${n}`);
  process.stdout.write(
    `soak: ${what}, ${events} events in ${sent.acknowledged} acknowledged batches (${sent.again} sent again), ${mails} mails; ${touches.join(", ")}; lost 0, twice ${balance.twice.length}\n`,
  );
}
