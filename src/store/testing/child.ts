import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Child {
  readonly process: ChildProcess;
  /** The lines printed so far. */
  readonly lines: readonly string[];
  readonly errors: () => string;
  /** Resolves with the first line that begins so; rejects when the process ends before. */
  line(start: string): Promise<string>;
  kill(): Promise<void>;
  readonly ended: Promise<number | null>;
}

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Runs a TypeScript file of this folder in a process of its own. */
export function startChild(file: string, args: readonly string[]): Child {
  const script = fileURLToPath(new URL(file, import.meta.url));
  // it lives for seconds: compiling the embedded database again to run faster is not worth it
  const flags = ["--v8-pool-size=1", "--liftoff-only", "--import", "tsx"];
  const child = spawn(process.execPath, [...flags, script, ...args], { cwd: ROOT });
  const lines: string[] = [];
  let errors = "";
  child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
  const out = createInterface(child.stdout);
  out.on("line", (line) => lines.push(line));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    process: child,
    lines,
    errors: () => errors,
    ended,
    line(start) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find((line) => line.startsWith(start));
          if (found !== undefined) resolve(found);
        };
        out.on("line", look);
        look();
        void ended.then((code) => reject(new Error(`ended with ${code}: ${errors}`)));
      });
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
