import type { ChildProcess } from "node:child_process";
import type { Desk, Environment } from "./command.ts";

export interface Greeting {
  readonly url: string;
  readonly sign_in_url: string | null;
  readonly admin_token: string | null;
  readonly sends: boolean;
  readonly pid: number;
}

/** A `touchstone serve` that runs as a process of its own. */
export class Server {
  readonly greeting: Greeting;
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  readonly #log: () => string;

  private constructor(
    greeting: Greeting,
    child: ChildProcess,
    ended: Promise<number | null>,
    log: () => string,
  ) {
    this.greeting = greeting;
    this.url = greeting.url;
    this.#child = child;
    this.#ended = ended;
    this.#log = log;
  }

  /** Waits until it listens; throws what it said when it ended instead. */
  static async start(
    desk: Desk,
    args: readonly string[],
    environment: Environment = {},
  ): Promise<Server> {
    const child = desk.start(["serve", "--port", "0", "--json", ...args], environment);
    let out = "";
    let err = "";
    child.stderr?.on("data", (data: Buffer) => (err += data.toString()));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const line = await new Promise<string | null>((resolve) => {
      child.stdout?.on("data", (data: Buffer) => {
        out += data.toString();
        if (out.includes("\n")) resolve(out.slice(0, out.indexOf("\n")));
      });
      void ended.then(() => resolve(null));
    });
    if (line === null) throw new Error(`serve ended: ${err}`);
    return new Server(JSON.parse(line) as Greeting, child, ended, () => err);
  }

  /** Everything it wrote to stderr so far. */
  get log(): string {
    return this.#log();
  }

  signal(signal: "SIGTERM" | "SIGINT" | "SIGKILL"): void {
    this.#child.kill(signal);
  }

  /** Its exit code, once it has ended. */
  end(): Promise<number | null> {
    return this.#ended;
  }

  stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<number | null> {
    this.signal(signal);
    return this.end();
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, { headers, redirect: "manual" });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }
}
