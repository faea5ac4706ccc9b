/** The most in the last quarter ÷ the most in the second; NaN where there are too few to tell. */
export function growthOfPeaks(values: readonly number[]): number {
  const quarter = Math.floor(values.length / 4);
  if (quarter === 0) return Number.NaN;
  return Math.max(...values.slice(-quarter)) / Math.max(...values.slice(quarter, 2 * quarter));
}
