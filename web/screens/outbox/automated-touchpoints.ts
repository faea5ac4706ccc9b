import { parse } from "yaml";

export interface AutomatedTouchpoint {
  readonly name: string;
  readonly title: string;
}

/** Touchpoints of a model's text that have a message of their own. */
export function automatedTouchpoints(source: string): readonly AutomatedTouchpoint[] {
  const touchpoints: unknown = readModel(source)?.["touchpoints"];
  if (typeof touchpoints !== "object" || touchpoints === null) return [];
  return Object.entries(touchpoints as Record<string, unknown>).flatMap(([name, one]) => {
    const { template, title } = (one ?? {}) as { template?: unknown; title?: unknown };
    if (typeof template !== "string") return [];
    return [{ name, title: typeof title === "string" ? title : name }];
  });
}

function readModel(source: string): Record<string, unknown> | null {
  try {
    return parse(source) as Record<string, unknown> | null;
  } catch {
    // a live model can be read; anything else has no touchpoints to choose from
    return null;
  }
}
