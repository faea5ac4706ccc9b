import { EXIT } from "./cli-error.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** Longer than anything that was claimed may take; then the process ends whatever hangs. */
const DEADLINE_MS = 30_000;

/**
 * Says with `greet` that it runs, waits until somebody wants the process to stop (Ctrl-C, the
 * system's manager), then for `stop` to finish what is claimed. A second signal ends it at once.
 */
export async function untilStopped(
  greet: () => void | Promise<void>,
  stop: () => Promise<boolean>,
): Promise<void> {
  // whoever read the log may be gone: there is nobody left to be told
  process.stderr.on("error", () => undefined);
  // before anybody is told that it runs: whoever reads that may stop it the next moment
  const asked = new Promise<void>((resolve) => {
    let isStopping = false;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (isStopping) process.exit(EXIT.trouble);
        isStopping = true;
        resolve();
      });
    }
  });
  await greet();
  await asked;
  say("Stopping: what is claimed is finished; once more ends it at once.");
  const late = setTimeout(() => {
    say("Something did not end in time; what it held is taken up again at the next start.");
    process.exit(EXIT.trouble);
  }, DEADLINE_MS);
  const isEnded = await stop();
  clearTimeout(late);
  if (!isEnded) say("Something did not end in time; it is taken up again at the next start.");
}

/** Never waits for a reader: the log's pipe may be full. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

const LAST_WORDS_MS = 1_000;

/** Ends the process, whatever still waits in it: what was said is handed over first, if somebody reads it. */
export async function leave(): Promise<never> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, LAST_WORDS_MS);
    process.stderr.write("", () => resolve());
  });
  process.exit(EXIT.ok);
}
