import { EXIT } from "./cli-error.ts";
import { note } from "./output.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** Longer than anything that was claimed may take; then the process ends whatever hangs. */
const DEADLINE_MS = 30_000;

/**
 * Waits until somebody wants the process to stop (Ctrl-C, the system's manager), then for `stop`
 * to finish what is claimed. A second signal ends it at once.
 */
export async function untilStopped(stop: () => Promise<boolean>): Promise<void> {
  await new Promise<void>((resolve) => {
    let isStopping = false;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (isStopping) process.exit(EXIT.trouble);
        isStopping = true;
        resolve();
      });
    }
  });
  note("Stopping: what is claimed is finished; once more ends it at once.");
  const late = setTimeout(() => {
    note("Something did not end in time; what it held is taken up again at the next start.");
    process.exit(EXIT.trouble);
  }, DEADLINE_MS);
  const isEnded = await stop();
  clearTimeout(late);
  if (!isEnded) note("Something did not end in time; it is taken up again at the next start.");
}
