import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { collect, type Desk, type Environment, type Ran } from "../../e2e/support/command.ts";

/** A `touchstone serve` or `worker` of a test, in a process of its own. */
export class RunningServer {
  /** Where it listens; empty for a worker. */
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ran>;

  private constructor(child: ChildProcess, ended: Promise<Ran>, url: string) {
    this.#child = child;
    this.#ended = ended;
    this.url = url;
  }

  /** Starts it and waits until it says, in a line of JSON, that it is ready. */
  static async start(
    desk: Desk,
    args: readonly string[],
    environment: Environment,
  ): Promise<RunningServer> {
    const child = desk.start([...args, "--json"], environment);
    const ended = collect(child);
    const ready = new Promise<string>((resolve) => {
      if (!child.stdout) return;
      createInterface({ input: child.stdout }).on("line", (line) => {
        const said = JSON.parse(line) as { url?: string };
        resolve(said.url ?? "");
      });
    });
    const url = await Promise.race([
      ready,
      ended.then(({ code, err }): never => {
        throw new Error(`touchstone ${args.join(" ")} ended with ${code}: ${err}`);
      }),
    ]);
    return new RunningServer(child, ended, url);
  }

  /** As a power cut would: nothing is finished. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  /** Asked to stop: finishes what it has begun. */
  async stop(): Promise<Ran> {
    this.#child.kill("SIGTERM");
    return this.#ended;
  }
}
