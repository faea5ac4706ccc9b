import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";

/** Into bench/results, with the machine it was measured on. */
export function writeResult(name: string, result: object): void {
  const folder = new URL("results/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? "",
    cores: availableParallelism(),
  };
  writeFileSync(
    new URL(`${name}.json`, folder),
    `${JSON.stringify({ name, machine, ...result }, null, 2)}\n`,
  );
}
