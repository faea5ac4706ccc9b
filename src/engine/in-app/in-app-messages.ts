import type { InAppMessage, InAppReport } from "../../core/in-app/types.ts";
import { DAY_MS, type Instant } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import { momentOf } from "../live-model.ts";
import type { StoredInApp } from "../ports.ts";
import { inAppMessage, itemsOf, kindOf } from "./in-app-message.ts";
import { reportInApp } from "./report-in-app.ts";
import { readStoredModel } from "../read-stored.ts";

/** A message that nobody has seen for so long speaks of what is no longer so. */
const SHOWN_FOR_MS = 30 * DAY_MS;
/** Of what a user was sent, the newest are looked at. */
const MOST = 50;
/** How late another model's priorities may count. */
const BELIEVED_MS = 30_000;

/** What the live model says about messages and days. */
interface Order {
  readonly until: Instant;
  readonly timezone: string;
  readonly priorities: readonly string[];
  /** Programs whose runs go on after they were left. */
  readonly finishing: ReadonlySet<string>;
}

/** Messages in the app: which wait for a user, and what came back of them. */
export class InAppMessages {
  readonly #context: EngineContext;
  #order: Order | null = null;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Those that wait for a user, the one to be shown first in front. */
  async waitingFor(user: string): Promise<readonly InAppMessage[]> {
    const order = await this.#presentOrder();
    const sent = await this.#sentTo(user);
    const latest = newestOfEach(sent).filter((stored) => !isOver(stored, order.finishing));
    const rank = ({ purpose, priority }: StoredInApp): number =>
      purpose === "transactional" ? -1 : rankOf(order.priorities, priority);
    return latest
      .toSorted((a, b) => rank(a) - rank(b) || a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1))
      .map(inAppMessage);
  }

  /** Takes what a user did; answers how many reports were about messages of this user. */
  async report(user: string, reports: readonly InAppReport[]): Promise<number> {
    const { timezone } = await this.#presentOrder();
    const moment = momentOf(this.#context, timezone);
    return reportInApp(this.#context, await this.#sentTo(user), user, reports, moment);
  }

  /** All that a user was sent lately, whatever became of it. */
  #sentTo(user: string): Promise<StoredInApp[]> {
    const { store, clock } = this.#context;
    return store.inApp.sentTo(user, clock() - SHOWN_FOR_MS, MOST);
  }

  async #presentOrder(): Promise<Order> {
    const now = this.#context.clock();
    if (this.#order && now < this.#order.until) return this.#order;
    const stored = await this.#context.store.models.live();
    const { model } = stored ? readStoredModel(stored.source, stored.name) : {};
    this.#order = {
      until: now + BELIEVED_MS,
      timezone: model?.workspace.timezone ?? "UTC",
      priorities: model?.caps.priority ?? [],
      finishing: new Set(model?.programs.filter(({ finish }) => finish).map(({ name }) => name)),
    };
    return this.#order;
  }
}

/** A touchpoint that came again takes the place of what it said before. */
function newestOfEach(sent: readonly StoredInApp[]): readonly StoredInApp[] {
  const seen = new Set<string>();
  return sent.filter(({ account, touchpoint }) => {
    const key = JSON.stringify([account, touchpoint]);
    return !seen.has(key) && Boolean(seen.add(key));
  });
}

/** Nothing more is to be shown of it. */
function isOver(stored: StoredInApp, finishing: ReadonlySet<string>): boolean {
  const { clickedAt, dismissedAt, seenAt, isLeft, program } = stored;
  if (dismissedAt !== null || (isLeft && !finishing.has(program ?? ""))) return true;
  const kind = kindOf(stored);
  // one is congratulated once
  if (kind === "celebration") return seenAt !== null;
  if (kind !== "checklist") return clickedAt !== null;
  return itemsOf(stored).every(({ done }) => done);
}

function rankOf(priorities: readonly string[], priority: string | null): number {
  const at = priority === null ? -1 : priorities.indexOf(priority);
  return at < 0 ? priorities.length : at;
}
