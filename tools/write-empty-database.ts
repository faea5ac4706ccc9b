import { copyFileSync } from "node:fs";
import { templateFile } from "../src/store/testing/store-template.ts";

/** Writes an empty embedded database with the present schema. Run: node --import tsx tools/write-empty-database.ts FILE */
const [, , to] = process.argv;
if (to === undefined) throw new Error("say where to write it");
copyFileSync(await templateFile(), to);
