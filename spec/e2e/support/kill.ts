import { setTimeout as sleep } from "node:timers/promises";
import { collect, type Desk, type Environment } from "./command.ts";

/** Starts a command and kills it (-9) after a time; answers whether it was hit. One that gets through must end well. */
export async function killAfter(
  desk: Desk,
  ms: number,
  args: readonly string[],
  environment: Environment = {},
): Promise<boolean> {
  const child = desk.start(args, environment);
  const ended = collect(child);
  await Promise.race([ended, sleep(ms)]);
  child.kill("SIGKILL");
  const { code, err } = await ended;
  if (child.signalCode === "SIGKILL") return true;
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${err}`);
  return false;
}

/** How often a command is killed: a few times in `npm test`, at length in the soak. */
export const KILLS = Number(process.env["TOUCHSTONE_KILLS"] ?? 3);

/** How long a command takes here, run to its end. */
export async function timeOf(
  desk: Desk,
  args: readonly string[],
  environment: Environment = {},
): Promise<number> {
  const start = performance.now();
  const { code, err } = await desk.runWith(environment, ...args);
  if (code !== 0) throw new Error(`${args.join(" ")}: ${err}`);
  return performance.now() - start;
}
