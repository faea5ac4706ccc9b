/** Asks the server whether it can be reached, whatever it says. */
export async function doesAnswer(): Promise<boolean> {
  try {
    await fetch("/healthz", { cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}
