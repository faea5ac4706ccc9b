import { writeFileSync } from "node:fs";
import { API_TYPES, apiTypes } from "./api-types.ts";

/** Run: npm run api-types */
writeFileSync(API_TYPES, await apiTypes());
