/**
 * Rows in the server's order, but so that what stands at and above the active row stays where it is:
 * what is new and would go there comes right after it. Nothing moves away under somebody's hand.
 */
export function keepPlaces<Row extends { readonly id: string }>(
  before: readonly string[],
  rows: readonly Row[],
  active: string | null,
): readonly Row[] {
  const at = active === null ? -1 : before.indexOf(active);
  if (at < 0) return rows;
  const byId = new Map(rows.map((row) => [row.id, row]));
  const head = before.slice(0, at + 1).flatMap((id) => byId.get(id) ?? []);
  const kept = new Set(head.map(({ id }) => id));
  return [...head, ...rows.filter(({ id }) => !kept.has(id))];
}

/** Whom the keyboard is at: who was, else who took that place, else the first. */
export function activeAfter(
  before: readonly string[],
  rows: readonly { readonly id: string }[],
  active: string | null,
): string | null {
  if (rows.length === 0) return null;
  if (active !== null && rows.some(({ id }) => id === active)) return active;
  const at = active === null ? -1 : before.indexOf(active);
  if (at < 0) return rows[0]?.id ?? null;
  const there = new Set(rows.map(({ id }) => id));
  const next = before.slice(at + 1).find((id) => there.has(id));
  return next ?? rows.at(-1)?.id ?? null;
}
