import { readFileSync } from "node:fs";
import { type CompiledModel, compileModel } from "../src/core/decide/index.ts";
import { readModel } from "../src/core/model/index.ts";

const FILE = new URL("../templates/four-tiers-hybrid/model.yaml", import.meta.url);

/** templates/four-tiers-hybrid, which the benchmarks decide by. */
export function fourTiersCompiled(edit: (text: string) => string = (text) => text): CompiledModel {
  const { model } = readModel(edit(readFileSync(FILE, "utf8")), { file: "model.yaml" });
  if (!model) throw new Error("templates/four-tiers-hybrid/model.yaml has errors");
  return compileModel(model);
}
