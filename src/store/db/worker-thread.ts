import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { DatabaseError, describeFailure } from "./database-error.ts";
import type { WorkerReply, WorkerRequest, WorkerStart } from "./worker-protocol.ts";

interface Waiting {
  readonly sql: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The thread PGlite runs in, seen from outside. It keeps the process alive only while an
 * answer is awaited.
 */
export class WorkerThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #end: Error | undefined;
  onNotified: (channel: string, payload: string) => void = () => undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  static async start(start: WorkerStart): Promise<WorkerThread> {
    const worker = newWorker(start);
    const thread = new WorkerThread(worker);
    await new Promise<void>((resolve, reject) => {
      worker.on("message", (message: WorkerReply) => {
        if (message.kind === "ready") resolve();
        else thread.#receive(message);
      });
      worker.on("error", (error) => {
        reject(error);
        thread.#ended(error);
      });
      worker.on("exit", (code) => {
        const error = new Error(`the embedded database's thread ended (${code})`);
        reject(error);
        thread.#ended(error);
      });
    });
    worker.unref();
    return thread;
  }

  /** Sends a request and awaits its answer, which the caller knows the type of. */
  async call<T>(request: WorkerRequest): Promise<T> {
    if (this.#end) throw this.#end;
    const id = ++this.#lastId;
    const sql = "sql" in request ? request.sql : request.kind;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { sql, resolve, reject });
    });
    this.#worker.ref();
    this.#worker.postMessage({ id, request });
    return (await answer) as T;
  }

  async stop(): Promise<void> {
    this.#end ??= new Error("the database is closed");
    await this.#worker.terminate();
  }

  #receive(reply: Exclude<WorkerReply, { kind: "ready" }>): void {
    if (reply.kind === "notified") {
      this.onNotified(reply.channel, reply.payload);
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (reply.kind === "done") waiting?.resolve(reply.value);
    else waiting?.reject(new DatabaseError(reply.failure, waiting.sql));
  }

  #ended(cause: Error): void {
    this.#end ??= new Error(`the embedded database stopped: ${describeFailure(cause).message}`, {
      cause,
    });
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}

/**
 * From the bundle the worker is `pglite-worker.js` beside it. From the sources it is
 * TypeScript, which Node 20 does not read by itself, so tsx is set up in the thread first
 * (`--import tsx` does nothing in a worker).
 */
function newWorker(workerData: WorkerStart): Worker {
  const here = fileURLToPath(import.meta.url);
  if (!here.endsWith(".ts")) {
    return new Worker(new URL("./pglite-worker.js", import.meta.url), { workerData });
  }
  // require() knows only its CommonJS twin, which cannot register anything.
  const tsx = createRequire(here)
    .resolve("tsx/esm/api")
    .replace(/\.cjs$/, ".mjs");
  const source = new URL("./pglite-worker.ts", import.meta.url).href;
  const setUp = `import(${JSON.stringify(pathToFileURL(tsx).href)})
    .then((tsx) => { tsx.register(); return import(${JSON.stringify(source)}); });`;
  return new Worker(setUp, { eval: true, workerData });
}
