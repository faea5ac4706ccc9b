import type { EventPattern } from "../model/types.ts";
import type { Env, Value } from "../rules/types.ts";
import type { Day, Instant } from "../time/day.ts";
import type { Json } from "./types.ts";

const ENGINE_NAME = /^(?:survey|touch|segment|stage|level|health|account):/;

/** Names that only Touchstone itself gives its events, whoever brought them in. */
export function isEngineName(name: string): boolean {
  return ENGINE_NAME.test(name);
}

/** Whether an event is of a pattern. `*` is every tracked event, none of the engine's own. */
export function matchesPattern(pattern: EventPattern, name: string, engine: boolean): boolean {
  switch (pattern.kind) {
    case "exact":
      return name === pattern.name;
    case "prefix":
      return name.startsWith(pattern.prefix);
    case "tracked":
      return !engine && !isEngineName(name);
  }
}

/** Properties as rules see them: nested ones by dots; what is no plain value is unknown. */
export function propertyValue(properties: { readonly [key: string]: Json }, path: string): Value {
  if (Object.hasOwn(properties, path)) return plain(properties[path]);
  let here: Json | undefined = properties;
  for (const key of path.split(".")) {
    if (
      typeof here !== "object" ||
      here === null ||
      Array.isArray(here) ||
      !Object.hasOwn(here, key)
    )
      return null;
    here = (here as { readonly [key: string]: Json })[key];
  }
  return plain(here);
}

function plain(value: Json | undefined): Value {
  return value === undefined || value === "" || typeof value === "object" ? null : value;
}

const PROPERTIES = "properties.";

/** Where an event's `where` rule finds its values. */
export function eventEnv(
  event: {
    readonly name: string;
    readonly user: string | null;
    readonly properties: { readonly [key: string]: Json };
  },
  today: Day,
  localDay: (at: Instant) => Day,
): Env {
  return {
    today,
    localDay,
    get: (name) =>
      name.startsWith(PROPERTIES)
        ? propertyValue(event.properties, name.slice(PROPERTIES.length))
        : null,
  };
}
