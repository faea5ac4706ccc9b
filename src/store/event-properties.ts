import type { Session } from "./db/database.ts";

interface Named {
  readonly name: string;
  readonly properties: { readonly [key: string]: unknown };
}

/** Remembers which properties events of each name come with; asking all events takes seconds. */
export async function rememberProperties(tx: Session, events: readonly Named[]): Promise<void> {
  const seen = new Map<string, [string, string]>();
  for (const { name, properties } of events) {
    for (const property of Object.keys(properties)) {
      seen.set(JSON.stringify([name, property]), [name, property]);
    }
  }
  if (seen.size === 0) return;
  const pairs = [...seen.values()];
  await tx.q(
    `INSERT INTO event_property (name, property)
     SELECT * FROM unnest($1::text[], $2::text[]) AS k (name, property) ORDER BY name, property
     ON CONFLICT (name, property) DO NOTHING`,
    [pairs.map(([name]) => name), pairs.map(([, property]) => property)],
  );
}
