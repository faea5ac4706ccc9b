import { type Model, readModel } from "../../core/model/index.ts";
import type { EngineContext } from "../context.ts";

/** A trait that a touch model asks for, and the type that it is to have. */
export interface WantedTrait {
  readonly trait: string;
  readonly type: string;
}

/** Traits of accounts that the model's facts are read from. */
export function wantedTraits(model: Model): readonly WantedTrait[] {
  return model.facts.flatMap(({ source, type }) =>
    source.kind === "trait" ? [{ trait: source.trait, type: type.kind }] : [],
  );
}

/** Those of the live model; none before there is one. */
export async function liveWantedTraits({ store }: EngineContext): Promise<readonly WantedTrait[]> {
  const live = await store.models.live();
  const model = live ? readModel(live.source, { file: live.name }).model : undefined;
  return model ? wantedTraits(model) : [];
}
