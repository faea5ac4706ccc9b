import type { Model } from "../../core/model/index.ts";
import type { Instant } from "../../core/time/day.ts";
import { localDay } from "../../core/time/zone.ts";
import type { Moment, Store } from "../ports.ts";
import type { TraitReading } from "./known-fields.ts";
import { readStoredModel } from "../read-stored.ts";

/** How long the model in force is believed before it is asked for again. */
const BELIEVED_MS = 2_000;

/** What incoming traits are read with, kept while the model stays the same. */
export class LiveReading {
  readonly #store: Pick<Store, "models">;
  readonly #clock: () => Instant;
  #version: number | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  #reading: TraitReading & { readonly dayZone: string } = readingOf(undefined);

  constructor(store: Pick<Store, "models">, clock: () => Instant) {
    this.#store = store;
    this.#clock = clock;
  }

  async reading(): Promise<TraitReading> {
    const now = this.#clock();
    if (Math.abs(now - this.#askedAt) < BELIEVED_MS) return this.#reading;
    const live = await this.#store.models.live();
    if ((live?.version ?? null) !== this.#version) {
      const model = live ? readStoredModel(live.source, live.name).model : undefined;
      this.#reading = readingOf(model);
      this.#version = live?.version ?? null;
    }
    this.#askedAt = now;
    return this.#reading;
  }

  async moment(): Promise<Moment> {
    await this.reading();
    const now = this.#clock();
    return { now, today: localDay(now, this.#reading.dayZone) };
  }
}

function readingOf(model: Model | undefined): TraitReading & { readonly dayZone: string } {
  const zone = model?.workspace.timezone;
  const accountTypes = (model?.facts ?? []).flatMap(({ source, type }) =>
    source.kind === "trait" ? [[source.trait, type] as const] : [],
  );
  const contactTypes = (model?.contactTraits ?? []).map(
    ({ trait, type }) => [trait, type] as const,
  );
  return {
    zone: zone ?? "UTC",
    // Before a model says where the workspace is: the earliest day it can be there (as imports do).
    dayZone: zone ?? "Etc/GMT+12",
    accountTypes: new Map(accountTypes),
    contactTypes: new Map(contactTypes),
  };
}
