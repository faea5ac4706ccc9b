/** A part of the model's JSON Schema: what may stand at one place. */
export interface SchemaPart {
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly additionalProperties?: SchemaPart | boolean;
  readonly items?: SchemaPart;
  readonly anyOf?: readonly SchemaPart[];
}

/** All that the schema says of a place; several where it may be written in several ways. */
export function partsAt(schema: unknown, path: readonly (string | -1)[]): readonly SchemaPart[] {
  let parts = unfold(schema as SchemaPart);
  for (const step of path)
    parts = parts.flatMap((part) => unfold(step === -1 ? part.items : inside(part, step)));
  return parts;
}

/** Keys that a map at this place may have. */
export function keysAt(
  schema: unknown,
  path: readonly (string | -1)[],
): readonly { readonly name: string; readonly part: SchemaPart }[] {
  const known = new Map<string, SchemaPart>();
  for (const { properties } of partsAt(schema, path))
    for (const [name, part] of Object.entries(properties ?? {}))
      if (!known.has(name)) known.set(name, part);
  return [...known].map(([name, part]) => ({ name, part }));
}

/** Words that may stand there. */
export function wordsAt(schema: unknown, path: readonly (string | -1)[]): readonly string[] {
  const words = partsAt(schema, path).flatMap((part) => [
    ...(part.enum ?? []).map(String),
    ...(part.type === "boolean" ? ["true", "false"] : []),
  ]);
  return [...new Set(words)];
}

function inside(part: SchemaPart, key: string): SchemaPart | undefined {
  const own = part.properties?.[key];
  if (own) return own;
  return typeof part.additionalProperties === "object" ? part.additionalProperties : undefined;
}

function unfold(part: SchemaPart | undefined): readonly SchemaPart[] {
  if (!part) return [];
  return part.anyOf ? [part, ...part.anyOf.flatMap(unfold)] : [part];
}
