import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CHANNELS } from "../../../src/core/model/schema-pieces.ts";
import type { Channel as ChannelName } from "../../../src/core/model/index.ts";
import { type Day, formatDay, type Instant } from "../../../src/core/time/day.ts";
import { localDay, startOfDay } from "../../../src/core/time/zone.ts";
import { applyModel } from "../../../src/engine/apply-model.ts";
import { setOptOuts } from "../../../src/engine/contact-by-hand.ts";
import type { EngineContext } from "../../../src/engine/context.ts";
import { FakeChannel } from "../../../src/engine/outbox/testing/fake-channel.ts";
import type { Channel, Store } from "../../../src/engine/ports.ts";
import {
  recordAttemptResult,
  recordTouchResult,
} from "../../../src/engine/results/record-result.ts";
import { TEST_SETTINGS } from "../../../src/engine/testing/settings.ts";
import type { Settings } from "../../../src/engine/settings.ts";
import { Worker } from "../../../src/engine/worker.ts";
import { allJobs } from "../../../src/server/compose-jobs.ts";
import type { ImportRows } from "../../support/import-rows.ts";
import { ROOT } from "../../e2e/support/command.ts";

/** One thing that reached somebody, and when. */
export interface Delivered {
  readonly touchId: string;
  readonly account: string;
  readonly channel: ChannelName;
  readonly receiver: string;
  readonly at: Instant;
}

const HUMAN = new Set<ChannelName>(["call", "video", "in_person", "task"]);
const HOUR_MS = 3_600_000;
/** Local hours at which the clock stops and everything that is due then happens. */
const HOURS = [0.2, 9, 14, 17, 20];

const SETTINGS: Settings = {
  ...TEST_SETTINGS,
  settleAfterMs: 24 * HOUR_MS,
  mailFrom: "cs@example.test",
};

/** The demo's book lived through day by day: its data comes in, customers and CSMs react, time passes. */
export class SimulatedWorld {
  readonly delivered: Delivered[] = [];
  /** By address: when it opted out of mail. */
  readonly optedOut = new Map<string, Instant>();
  /** Touches that a cap has held back. */
  readonly capped = new Set<string>();
  readonly zone: string;
  now: Instant = 0;
  readonly store: Store;
  readonly #rows: ImportRows;
  readonly #worker: Worker;
  readonly #context: EngineContext;
  readonly #channels: ReadonlyMap<ChannelName, FakeChannel>;
  #seen = 0;

  constructor(store: Store, rows: ImportRows, zone: string) {
    this.store = store;
    this.zone = zone;
    this.#rows = rows;
    this.#context = { store, clock: () => this.now, actor: "simulation" };
    this.#channels = new Map(
      CHANNELS.map((name) => [name, new FakeChannel(name, wayOf(name))] as const),
    );
    for (const channel of this.#channels.values()) {
      channel.behave = ({ touchId, account, receiver }) => {
        this.delivered.push({
          touchId: touchId ?? "",
          account,
          channel: channel.name,
          receiver: receiver ?? account,
          at: this.now,
        });
        return { kind: "sent" };
      };
    }
    this.#worker = new Worker({
      context: this.#context,
      id: "simulation",
      jobs: allJobs(SETTINGS, new Map<ChannelName, Channel>(this.#channels)),
      onError: (job, error) => {
        throw new Error(`the job ${job} failed`, { cause: error });
      },
    });
  }

  get today(): Day {
    return localDay(this.now, this.zone);
  }

  /** All that was known by the end of a day, and the model going live on the next with a template's messages. */
  async begin(before: Day, template: string, source: string): Promise<void> {
    this.now = startOfDay(before + 1, this.zone) + 0.1 * HOUR_MS;
    await this.#bringIn((day) => day <= before);
    const folder = join(ROOT, "templates", template);
    const messages = Object.fromEntries(
      readdirSync(join(folder, "messages")).map((file) => [
        file.replace(/\.liquid$/, ""),
        readFileSync(join(folder, "messages", file), "utf8"),
      ]),
    );
    await applyModel(this.#context, { file: join(folder, "model.yaml"), source, messages });
  }

  /** One local day from midnight to midnight. */
  async live(day: Day): Promise<void> {
    const start = startOfDay(day, this.zone);
    for (const hour of HOURS) {
      this.now = start + hour * HOUR_MS;
      if (hour === 20) await this.#bringIn((one) => one === day);
      await this.#worker.drain();
      if (hour === 14) await this.#customersReact();
      if (hour === 17) await this.#peopleWork(day);
    }
    for (const { touch } of await this.store.touches.list({ statuses: ["deferred"] })) {
      if (touch.reason?.startsWith("capped")) this.capped.add(touch.key);
    }
  }

  async #bringIn(isWanted: (day: Day) => boolean): Promise<void> {
    const moment = { now: this.now, today: this.today };
    const { accounts, contacts, events } = this.#rows;
    const knownOn = new Map(
      accounts.map(({ accountId, createdAt }) => [accountId, createdAt ?? 0]),
    );
    await this.store.intake.accounts(
      accounts.filter((row) => isWanted(row.asOf ?? row.createdAt ?? 0)),
      moment,
    );
    await this.store.intake.contacts(
      contacts.filter((row) =>
        isWanted(Math.max(knownOn.get(row.accountId) ?? 0, row.asOf ?? row.createdAt ?? 0)),
      ),
      moment,
    );
    const wanted = events.filter(({ at, accountId }) =>
      isWanted(Math.max(localDay(at, this.zone), knownOn.get(accountId) ?? 0)),
    );
    for (let start = 0; start < wanted.length; start += 5_000) {
      await this.store.intake.events(wanted.slice(start, start + 5_000), moment);
    }
  }

  /** Of those who got a mail some open it, some click, a few have had enough, a few are gone. */
  async #customersReact(): Promise<void> {
    const fresh = this.delivered.slice(this.#seen);
    this.#seen = this.delivered.length;
    for (const { touchId, account, channel, receiver } of fresh) {
      if (channel !== "email") continue;
      const chance = share(touchId);
      const report = async (result: "opened" | "clicked" | "bounced" | "unsubscribed") =>
        recordAttemptResult(
          this.#context,
          { account, id: `${touchId}.1` },
          { result, at: this.now },
        );
      if (chance < 0.01) await report("bounced");
      else if (chance < 0.03) {
        await report("unsubscribed");
        await this.#optOut(account, receiver);
      } else if (chance < 0.13) await report("clicked");
      else if (chance < 0.4) await report("opened");
    }
  }

  async #optOut(account: string, address: string): Promise<void> {
    const [stored] = await this.store.accounts.load([account]);
    const found = stored?.contacts.find(({ email }) => email === address);
    if (!found) return;
    await setOptOuts(this.#context, { account, id: found.id }, ["email"], "had enough");
    this.optedOut.set(address, Math.min(this.now, this.optedOut.get(address) ?? this.now));
  }

  /** CSMs do most of what is on their list, some calls are not kept, some are forgotten. */
  async #peopleWork(day: Day): Promise<void> {
    const open = await this.store.touches.list({ statuses: ["due"], human: true, to: day });
    for (const { touch } of open) {
      const chance = share(`${touch.id} ${formatDay(day)}`);
      if (chance > 0.5) continue;
      const result = chance < 0.04 ? "no_show" : "held";
      await recordTouchResult(this.#context, touch.id, { result, at: this.now });
    }
  }
}

function wayOf(name: ChannelName): "sent" | "stored" {
  return HUMAN.has(name) ? "stored" : "sent";
}

/** A number from 0 to 1, the same for the same text. */
function share(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
