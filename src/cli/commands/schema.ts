import type { Define } from "../command.ts";
import { printJson } from "../output.ts";

export const schema: Define = (program) => {
  program
    .command("schema")
    .description("print the JSON Schema of the model file, for completion and errors in editors")
    .action(async () => {
      const { modelSchema } = await import("../../core/model/index.ts");
      printJson(modelSchema());
    });
};
