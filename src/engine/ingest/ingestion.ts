import { randomUUID } from "node:crypto";
import type { Instant } from "../../core/time/day.ts";
import { HELD_REASONS, type IngestMessage, type Taken, type TakenBatch } from "../ports/ingest.ts";
import type { Store } from "../ports.ts";
import { LiveReading } from "./live-reading.ts";
import { type ItemRead, type Kind, readMessage } from "./read-message.ts";
import { TakeQueue } from "./take-queue.ts";

/** Transactions on a server side by side. */
const AT_ONCE = 2;

/** What a request brought, still as it was sent. */
export interface Incoming {
  readonly items: readonly unknown[];
  /** What they are where the route says so; null: each says it by its `type`. */
  readonly kind: Kind | null;
  readonly sentAt: unknown;
  readonly receivedAt: Instant;
}

/** What became of one item. */
export interface ItemResult {
  /** null: none was sent, and none could be made. */
  readonly messageId: string | null;
  /** null: it is none of the kinds there are. */
  readonly kind: IngestMessage["kind"] | null;
  readonly status: Taken["status"];
  /** Why it is held or refused. */
  readonly reason?: string;
  /** Values that were left out of what was taken. */
  readonly warnings?: readonly string[];
}

export interface IngestionDeps {
  readonly store: Pick<Store, "kind" | "models" | "ingest">;
  readonly clock: () => Instant;
  /** Lets a worker know that there is something to do. */
  readonly wake: (job: string) => void;
  readonly newId?: () => string;
}

/** The way in for what clients send: read, written together, answered once durable. */
export class Ingestion {
  readonly #deps: IngestionDeps;
  readonly #reading: LiveReading;
  readonly #queue: TakeQueue;

  constructor(deps: IngestionDeps) {
    this.#deps = deps;
    this.#reading = new LiveReading(deps.store, deps.clock);
    this.#queue = new TakeQueue(
      deps.store.ingest,
      () => this.#reading.moment(),
      (batch) => this.#onTaken(batch),
      // the embedded database does one thing at a time
      deps.store.kind === "postgres" ? AT_ONCE : 1,
    );
  }

  /** One result for each item, in order; resolves once those that are taken are durable. */
  async take({ items, kind, sentAt, receivedAt }: Incoming): Promise<ItemResult[]> {
    const traits = await this.#reading.reading();
    const reading = { ...traits, receivedAt, sentAt, newId: this.#deps.newId ?? randomUUID };
    const read = items.map((item) => readMessage(item, kind, reading));
    const messages = read.flatMap((one) => ("message" in one ? [one.message] : []));
    const taken = messages.length === 0 ? [] : await this.#queue.take(messages);
    let next = 0;
    return read.map((one) => resultOf(one, "message" in one ? taken[next++] : undefined));
  }

  /** Requests that wait for their transaction to begin. */
  get waiting(): number {
    return this.#queue.waiting;
  }

  /** Resolves once all that was begun is written. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  #onTaken({ results, linked }: TakenBatch): void {
    if (results.some(({ status }) => status === "written")) this.#deps.wake("decide");
    if (linked) this.#deps.wake("attribute");
  }
}

function resultOf(read: ItemRead, taken: Taken | undefined): ItemResult {
  if ("refused" in read)
    return { messageId: read.id, kind: null, status: "refused", reason: read.refused };
  const { id: messageId, kind } = read.message;
  if (taken === undefined) throw new Error(`nothing became of message ${messageId}`);
  const reason =
    taken.status === "held"
      ? HELD_REASONS[taken.reason]
      : taken.status === "refused"
        ? taken.reason
        : undefined;
  return {
    messageId,
    kind,
    status: taken.status,
    ...(reason === undefined ? {} : { reason }),
    ...(read.warnings.length === 0 ? {} : { warnings: read.warnings }),
  };
}
