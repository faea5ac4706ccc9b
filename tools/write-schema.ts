import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { modelSchema } from "../src/core/model/index.ts";

/** Writes model.schema.json from the schemas of the model reader. Run: node --import tsx tools/write-schema.ts */
const path = fileURLToPath(new URL("../model.schema.json", import.meta.url));
writeFileSync(path, `${JSON.stringify(modelSchema(), null, 2)}\n`);
