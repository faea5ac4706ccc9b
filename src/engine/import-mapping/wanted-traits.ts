import type { Model } from "../../core/model/index.ts";
import type { EngineContext } from "../context.ts";
import { presentModel } from "../edit-account.ts";

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
export async function liveWantedTraits(context: EngineContext): Promise<readonly WantedTrait[]> {
  const model = await presentModel(context);
  return model ? wantedTraits(model) : [];
}
