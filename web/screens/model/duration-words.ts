/** Days as a model writes them: whole weeks as weeks. */
export function durationText(days: number): string {
  return days > 0 && days % 7 === 0 ? `${days / 7}w` : `${days}d`;
}
