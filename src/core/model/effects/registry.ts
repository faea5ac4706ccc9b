import type { EffectKind } from "./effect-kind.ts";
import { levelEffects } from "./level-effects.ts";
import { stepEffects } from "./step-effects.ts";

/** Every effect an adjustment can have; a new one is a file beside these and a line here. */
export const EFFECT_KINDS: readonly EffectKind[] = [...levelEffects, ...stepEffects];
