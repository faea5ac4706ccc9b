/** Of messages by week and channel: all channels of a week. */
export function weekTotals(
  messages: readonly { readonly week: string; readonly before: number; readonly after: number }[],
): { readonly week: string; readonly before: number; readonly after: number }[] {
  const weeks = new Map<string, { week: string; before: number; after: number }>();
  for (const { week, before, after } of messages) {
    const sum = weeks.get(week) ?? { week, before: 0, after: 0 };
    weeks.set(week, { week, before: sum.before + before, after: sum.after + after });
  }
  return [...weeks.values()].toSorted((a, b) => (a.week < b.week ? -1 : 1));
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;
}
