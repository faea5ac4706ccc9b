import type { Model } from "../core/model/index.ts";
import { nearest } from "../core/text/nearest.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { liveModel } from "./live-model.ts";

export interface SegmentCount {
  /** `power_user`; of a dimension `value.core`. */
  readonly name: string;
  /** The dimension, where it belongs to one. */
  readonly dimension: string | null;
  readonly accounts: number;
}

/** The model's segments with how many accounts are in each now. */
export async function listSegments(context: EngineContext): Promise<SegmentCount[]> {
  const { model } = await liveModel(context);
  const counts = new Map<string, number>();
  for await (const page of context.store.decisions.current()) {
    for (const { decision } of page) {
      for (const [name, segment] of Object.entries(decision.segments)) {
        const full = "in" in segment ? (segment.in ? name : null) : entryName(name, segment.name);
        if (full !== null) counts.set(full, (counts.get(full) ?? 0) + 1);
      }
    }
  }
  return names(model).map(({ name, dimension }) => ({
    name,
    dimension,
    accounts: counts.get(name) ?? 0,
  }));
}

function entryName(dimension: string, entry: string | null): string | null {
  return entry === null ? null : `${dimension}.${entry}`;
}

interface Named {
  readonly name: string;
  readonly dimension: string | null;
}

function names(model: Model): Named[] {
  return model.segments.flatMap((segment): Named[] =>
    segment.kind === "one"
      ? segment.entries.map(({ name }) => ({
          name: `${segment.name}.${name}`,
          dimension: segment.name,
        }))
      : [{ name: segment.name, dimension: null }],
  );
}

/** The rule that holds for the accounts of a segment. */
export async function segmentRule(context: EngineContext, name: string): Promise<string> {
  const { model } = await liveModel(context);
  const found = names(model).find((segment) => segment.name === name);
  if (found) {
    const { dimension } = found;
    return dimension === null
      ? `segments.${name}`
      : `segments.${dimension} == "${name.slice(dimension.length + 1)}"`;
  }
  const known = names(model).map((segment) => segment.name);
  const near = nearest(name, known);
  throw new AppError(
    "unknown-segment",
    `The model has no segment \`${name}\`.`,
    near === undefined ? `There are: ${known.join(", ")}.` : `Did you mean \`${near}\`?`,
  );
}
