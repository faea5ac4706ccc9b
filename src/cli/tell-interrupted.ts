import { note } from "./output.ts";

/** As shells count a process that Ctrl-C has ended. */
const INTERRUPTED = 130;

/** Whoever stops the command with Ctrl-C is told how things stand; none of its work is half done. */
export function tellInterrupted(text: string): void {
  process.once("SIGINT", () => {
    // behind the bar that shows how far it is
    note(`${process.stderr.isTTY ? "\n" : ""}${text}`);
    process.exit(INTERRUPTED);
  });
}
