import type { Day } from "../../core/time/day.ts";
import { localDay } from "../../core/time/zone.ts";
import type { EngineContext } from "../context.ts";
import { compileStored, type LiveModel } from "../live-model.ts";
import type { LiveChange, StoredAccount } from "../ports.ts";

/**
 * Which version of the model was live on each day: a day is answered by the rules of that day,
 * not by those of today. Days before the first model are answered by the first.
 */
export class ModelsThen {
  readonly #context: EngineContext;
  /** Oldest first. */
  readonly #changes: readonly (LiveChange & { readonly day: Day })[];
  readonly #compiled: Map<number, LiveModel>;

  constructor(context: EngineContext, live: LiveModel, changes: readonly LiveChange[]) {
    const zone = live.model.workspace.timezone;
    this.#context = context;
    this.#changes = changes.map((one) => ({ ...one, day: localDay(one.at, zone) }));
    this.#compiled = new Map([[live.stored.version, live]]);
  }

  /** The one live at the end of a day. */
  on(day: Day): Promise<LiveModel> {
    return this.version(this.versionOn(day));
  }

  versionOn(day: Day): number {
    const last = this.#changes.findLast((change) => change.day <= day) ?? this.#changes[0];
    if (!last) throw new Error("a model is live and nothing says since when");
    return last.version;
  }

  /** Whether the account was there already when, on that day, a model went live for newcomers only. */
  holdsBack({ firstSeenAt }: StoredAccount, day: Day): boolean {
    return this.#changes.some(
      (change) =>
        change.day === day &&
        change.kind === "apply" &&
        change.existing === "new" &&
        firstSeenAt <= change.at,
    );
  }

  async version(number: number): Promise<LiveModel> {
    const known = this.#compiled.get(number);
    if (known) return known;
    const stored = await this.#context.store.models.version(number);
    if (!stored) throw new Error(`version ${number} of the model is gone`);
    const compiled = compileStored(this.#context, stored);
    this.#compiled.set(number, compiled);
    return compiled;
  }
}

export async function modelsThen(context: EngineContext, live: LiveModel): Promise<ModelsThen> {
  const changes = await context.store.changes.list();
  return new ModelsThen(context, live, changes.toReversed());
}
