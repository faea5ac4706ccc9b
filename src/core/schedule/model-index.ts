import type { Model, ProgramDef, TouchpointDef } from "../model/types.ts";

/** A model's parts by name, made once per model. */
export interface ModelIndex {
  readonly touchpoints: ReadonlyMap<string, TouchpointDef>;
  readonly programs: ReadonlyMap<string, { readonly program: ProgramDef; readonly index: number }>;
}

const indexes = new WeakMap<Model, ModelIndex>();

export function modelIndex(model: Model): ModelIndex {
  let found = indexes.get(model);
  if (!found) {
    found = {
      touchpoints: new Map(model.touchpoints.map((touchpoint) => [touchpoint.name, touchpoint])),
      programs: new Map(
        model.programs.map((program, index) => [program.name, { program, index }] as const),
      ),
    };
    indexes.set(model, found);
  }
  return found;
}
