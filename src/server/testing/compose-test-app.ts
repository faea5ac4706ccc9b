import { safeHttp } from "../../deliver/safe-request.ts";
import type { Engine } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { type TestApp, type TestAppOptions, testAppOver } from "./test-app.ts";

/** A server over a new, empty store: `const t = await openTestApp("pglite"); await t.csm.get("/api/me")`. */
export async function openTestApp(engine: Engine, options: TestAppOptions = {}): Promise<TestApp> {
  const store = await openTestStore(engine);
  try {
    return await testAppOver(store, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Requests that really go out: for tests with receivers on loopback. */
export const realHttp = safeHttp();
