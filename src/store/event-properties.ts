import type { Session } from "./db/database.ts";

interface Named {
  readonly name: string;
  readonly properties: { readonly [key: string]: unknown };
}

/** Remembers which properties events of each name come with; asking all events takes seconds. */
export async function rememberProperties(tx: Session, events: readonly Named[]): Promise<void> {
  const seen = new Map<string, Set<string>>();
  for (const { name, properties } of events) {
    let own = seen.get(name);
    if (!own) seen.set(name, (own = new Set()));
    for (const property in properties) own.add(property);
  }
  const pairs = [...seen].flatMap(([name, own]) => [...own].map((property) => [name, property]));
  if (pairs.length === 0) return;
  await tx.q(
    `INSERT INTO event_property (name, property)
     SELECT * FROM unnest($1::text[], $2::text[]) AS k (name, property) ORDER BY name, property
     ON CONFLICT (name, property) DO NOTHING`,
    [pairs.map(([name]) => name), pairs.map(([, property]) => property)],
  );
}
