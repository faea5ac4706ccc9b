import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CLI = join(ROOT, "dist", "cli.js");
/** One helper thread for each process: several at a time would only get in each other's way. */
const FLAGS = ["--v8-pool-size=1"];
/** Of one that lives for a second: the embedded database is not compiled again to run faster. */
const SHORT_LIVED = [...FLAGS, "--liftoff-only"];

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export type Environment = Readonly<Record<string, string>>;

/** A folder of a test's own, in which commands run as a person would run them. */
export class Desk {
  readonly folder: string;
  readonly #environment: Environment;

  constructor(environment: Environment = {}, name = "touchstone e2e ") {
    this.folder = mkdtempSync(join(tmpdir(), name));
    this.#environment = environment;
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return name;
  }

  /** Starts `touchstone ARGS` in the folder. */
  start(args: readonly string[], environment: Environment = {}, flags = FLAGS): ChildProcess {
    return spawn(process.execPath, [...flags, CLI, ...args], {
      cwd: this.folder,
      env: { ...plainEnvironment(), ...this.#environment, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Runs `touchstone ARGS` in the folder to its end. */
  run(...args: readonly string[]): Promise<Ran> {
    return this.runWith({}, ...args);
  }

  runWith(environment: Environment, ...args: readonly string[]): Promise<Ran> {
    return collect(this.start(args, environment, SHORT_LIVED));
  }

  /** Runs `touchstone ARGS`, which has to end well. */
  async done(...args: readonly string[]): Promise<Ran> {
    const ran = await this.run(...args);
    if (ran.code !== 0)
      throw new Error(`touchstone ${args.join(" ")} ended with ${ran.code}: ${ran.err}`);
    return ran;
  }

  /** What a command prints as JSON; fails the test when it prints anything else. */
  async json<T = Record<string, unknown>>(...args: readonly string[]): Promise<T> {
    const { out, err } = await this.run(...args, "--json");
    if (out === "") throw new Error(`nothing printed; ${err}`);
    return JSON.parse(out) as T;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Nothing of the machine's own settings may reach the commands. */
function plainEnvironment(): Record<string, string> {
  const { PATH = "", HOME = "", TMPDIR = tmpdir() } = process.env;
  return { PATH: `${dirname(process.execPath)}:${PATH}`, HOME, TMPDIR, USER: "tester" };
}

export function collect(child: ChildProcess): Promise<Ran> {
  let out = "";
  let err = "";
  child.stdout?.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr?.on("data", (data: Buffer) => (err += data.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, err }));
  });
}

/** JSON lines → values. */
export function lines<T = Record<string, unknown>>(out: string): T[] {
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}
