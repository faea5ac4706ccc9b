import openapiTS, { astToString } from "openapi-typescript";
import { testAppOver } from "../src/server/testing/test-app.ts";
import { openStore } from "../src/store/index.ts";

const HEAD = `// The API as the server itself describes it. Written by \`npm run api-types\`; a test holds it.\n\n`;

/** TypeScript for all routes, from the server's own OpenAPI document: what the web app asks is checked against it. */
export async function apiTypes(): Promise<string> {
  const t = await testAppOver(await openStore({ data: "memory://" }));
  try {
    const answer = await t.nobody.get("/openapi.json");
    const nodes = await openapiTS(answer.body, { defaultNonNullable: false, alphabetize: true });
    return HEAD + astToString(nodes);
  } finally {
    await t.close();
  }
}

export const API_TYPES = new URL("../web/lib/api-types.ts", import.meta.url);
