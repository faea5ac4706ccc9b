import { HttpProblem } from "../http-problem.ts";
import type { ServerDeps } from "../route.ts";

const running = new WeakSet<ServerDeps>();

/** Each import may take a gigabyte of memory: one after the other in this process. */
export async function oneImport<T>(deps: ServerDeps, work: () => Promise<T>): Promise<T> {
  if (running.has(deps))
    throw new HttpProblem("import-running", "Another import is running on this server.", {
      hint: "Send it again when that one has ended.",
      retryAfter: 10,
    });
  running.add(deps);
  try {
    return await work();
  } finally {
    running.delete(deps);
    deps.wake("decide");
    deps.wake("attribute");
  }
}
