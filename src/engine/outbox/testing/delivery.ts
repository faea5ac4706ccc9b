import { applyModel } from "../../apply-model.ts";
import { LiveBook } from "../../live-book.ts";
import { ModelInForce } from "../../model-in-force.ts";
import type { Channels, ListedTouch, Outgoing, Store } from "../../ports.ts";
import { runDecisions } from "../../run-decisions.ts";
import { TEST_SETTINGS } from "../../testing/settings.ts";
import type { Settings } from "../../settings.ts";
import { account, Book, contact, GO_LIVE, type Rows } from "../../testing/book.ts";
import type { WorkContext } from "../../worker-job.ts";
import { deliverJob } from "../deliver.ts";
import type { DeliveryOptions } from "../delivery-options.ts";
import { sendQueuedJob } from "../send-queued.ts";
import { settleJob } from "../settle-job.ts";
import { FakeChannel } from "./fake-channel.ts";
import { mailModel } from "./mail-model.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export const SETTINGS: Settings = {
  ...TEST_SETTINGS,
  settleAfterMs: HOUR_MS,
  mailFrom: "Acme <hello@acme.test>",
};

/** A worker of a test: its own book and jobs, the store and the clock are everybody's. */
export interface Hand {
  deliver(): Promise<number>;
  settle(): Promise<number>;
  sendQueued(): Promise<number>;
}

export interface HandOptions {
  readonly store?: Store;
  readonly channels?: Channels;
  readonly buckets?: readonly number[] | null;
  readonly batch?: number;
}

/** A book with mail channels and workers that do what there is when they are told to. */
export class Delivery {
  readonly book: Book;
  readonly email = new FakeChannel("email");
  readonly inApp = new FakeChannel("in_app", "stored");
  settings: Settings = SETTINGS;
  sendTimeoutMs = 2_000;
  readonly #inForce: ModelInForce;

  constructor(store: Store) {
    this.book = new Book(store, GO_LIVE, 9);
    this.#inForce = new ModelInForce(this.book.context);
  }

  get store(): Store {
    return this.book.store;
  }

  get channels(): Channels {
    return new Map([this.email, this.inApp].map((channel) => [channel.name, channel]));
  }

  async begin(rows: Rows, source: string = mailModel()): Promise<this> {
    await this.apply(source);
    await this.book.import(rows);
    await this.decide();
    return this;
  }

  /** So many accounts `a0`, `a1` …, each with one contact who may be written to. */
  beginWith(accounts: number): Promise<this> {
    const ids = Array.from({ length: accounts }, (_, index) => `a${index}`);
    return this.begin({
      accounts: ids.map((id) => account(id, { traits: { arr: 10 } })),
      contacts: ids.map((id) => contact(id, "c", { email: `${id}@x.test`, role: "user" })),
    });
  }

  async apply(source: string): Promise<void> {
    const messages = { "welcome.en": "subject: Hello\n\nHello" };
    await applyModel(this.book.context, { file: "model.yaml", source, messages }, {});
  }

  decide(): Promise<unknown> {
    return runDecisions({ ...this.book.context, delivers: true });
  }

  options(): DeliveryOptions {
    const { channels, settings, sendTimeoutMs } = this;
    return { channels, settings, sendTimeoutMs };
  }

  /** @param store one that fails on purpose, or of its own */
  hand(
    worker: string,
    { store = this.store, channels = this.channels, buckets = null, batch }: HandOptions = {},
  ): Hand {
    const context = { ...this.book.context, store };
    const work: WorkContext = {
      context,
      worker,
      book: new LiveBook(store),
      live: () => this.#inForce.get(),
      buckets: () => buckets,
      signal: new AbortController().signal,
      wake: () => undefined,
    };
    const jobs = [deliverJob, settleJob, sendQueuedJob].map((make) =>
      make({ ...this.options(), channels, ...(batch === undefined ? {} : { batch }) }),
    );
    const [deliver, settle, sendQueued] = jobs;
    const run = (job: (typeof jobs)[number] | undefined) => (): Promise<number> =>
      job ? job.run(work) : Promise.resolve(0);
    return { deliver: run(deliver), settle: run(settle), sendQueued: run(sendQueued) };
  }

  /** Decides and delivers until nothing is left to do now. */
  async work(hand: Hand = this.hand("w")): Promise<void> {
    for (let round = 0; round < 50; round++) {
      await this.decide();
      if ((await hand.deliver()) === 0) return;
    }
    throw new Error("delivery found no end of work");
  }

  async touches(account?: string): Promise<ListedTouch["touch"][]> {
    const listed = await this.store.touches.list(account === undefined ? {} : { account });
    return listed.map(({ touch }) => touch);
  }

  /** `welcome done delivered` and the like. */
  async standing(account?: string): Promise<string[]> {
    return (await this.touches(account)).map(({ touchpoint, status, result, reason }) =>
      [touchpoint, status, result, reason].filter((part) => part !== null).join(" | "),
    );
  }

  outbox(): Promise<Outgoing[]> {
    return this.store.outbox.list({}, 1000);
  }
}
