import type { Day, Instant } from "../../core/time/day.ts";
import { localDay } from "../../core/time/zone.ts";
import type { EngineContext } from "../context.ts";
import { compileStored, type LiveModel } from "../live-model.ts";

/** From when on a version was live. */
interface WentLive {
  readonly version: number;
  readonly at: Instant;
}

/**
 * Which version of the model was live on each day: a day is answered by the rules of that day,
 * not by those of today. Days before the first model are answered by the first.
 */
export class ModelsThen {
  readonly #context: EngineContext;
  /** Oldest first. */
  readonly #changes: readonly (WentLive & { readonly day: Day })[];
  readonly #compiled: Map<number, LiveModel>;

  constructor(context: EngineContext, live: LiveModel, changes: readonly WentLive[]) {
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
  const versions = await context.store.models.list();
  const changes = versions.map(({ version, appliedAt }) => ({ version, at: appliedAt }));
  return new ModelsThen(context, live, changes.toReversed());
}
