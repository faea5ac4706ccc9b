import type { EngineContext } from "../context.ts";
import type { BundledFiles } from "../ports.ts";
import { wantedTraits, type WantedTrait } from "../import-mapping/wanted-traits.ts";
import { chosenModel, modelOf } from "./first-run.ts";

/** Traits that the template asks for that somebody has begun with; none where nobody has. */
export async function firstRunTraits(
  context: EngineContext,
  bundled: BundledFiles,
): Promise<readonly WantedTrait[]> {
  const chosen = await chosenModel(context, bundled);
  return chosen ? wantedTraits(modelOf(chosen.source)) : [];
}
