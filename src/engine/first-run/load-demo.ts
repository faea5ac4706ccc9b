import { AppError } from "../app-error.ts";
import { applyModel } from "../apply-model.ts";
import type { EngineContext } from "../context.ts";
import { recordImport } from "../import-history/record-import.ts";
import { pauseSending } from "../outbox/pauses.ts";
import type { BundledFiles } from "../ports.ts";

const KEY = "demo book";
const TELL_EVERY_MS = 400;
/** A process that loads says so often; one that is silent for so long has died. */
const SILENT_MS = 5 * 60_000;

/** How far the loading of the sample book is. */
export interface DemoProgress {
  /** What it does now: a statement of the import, `deciding`, or nothing more. */
  readonly phase: "accounts" | "contacts" | "events" | "team" | "deciding" | "done" | "failed";
  readonly done: number;
  readonly total: number;
  readonly startedAt: number;
  readonly seenAt: number;
  readonly error: string | null;
}

export async function demoProgress({ store, clock }: EngineContext): Promise<DemoProgress | null> {
  const found = (await store.settings.get(KEY)) as DemoProgress | null;
  if (!found || found.phase === "done" || found.phase === "failed") return found;
  if (clock() - found.seenAt < SILENT_MS) return found;
  return { ...found, phase: "failed", error: "The process that loaded it ended." };
}

/**
 * Loads the sample book into an empty database and decides it. Nothing of it leaves: sample
 * customers have addresses, too. Answers once it may begin; `ended` is when all is done.
 */
export async function loadDemo(
  context: EngineContext,
  bundled: BundledFiles,
): Promise<{ readonly ended: Promise<void> }> {
  await refuseUsed(context);
  const telling = new Telling(context);
  await telling.now("accounts", 0, 0);
  return { ended: load(context, bundled, telling) };
}

async function refuseUsed(context: EngineContext): Promise<void> {
  const { store } = context;
  const demo = await demoProgress(context);
  const isLoading = demo !== null && demo.phase !== "done" && demo.phase !== "failed";
  const [live, { accounts }] = await Promise.all([
    store.models.liveVersion(),
    store.accounts.counts(),
  ]);
  if (live === null && accounts === 0 && !isLoading) return;
  throw new AppError(
    "not-empty",
    isLoading
      ? "The demo book is being loaded already."
      : "The demo book goes into an empty database only, and this one has data.",
    isLoading
      ? "Wait until it is there."
      : "Start a server with another data folder: `touchstone serve --data DIR`.",
  );
}

async function load(
  context: EngineContext,
  bundled: BundledFiles,
  telling: Telling,
): Promise<void> {
  try {
    await pauseSending(
      context,
      { scope: "all", name: "" },
      "The demo book: nothing is sent to its customers.",
    );
    await recordImport(context, {
      source: "demo",
      kind: "file",
      file: "demo book",
      definition: null,
      open: (options) => bundled.demo.open(options),
      onReject: () => undefined,
      progress: (statement) => (done, total) => telling.tell(statement, done, total),
    });
    const template = await bundled.template(bundled.demo.template);
    if (!template) throw new Error("the demo's template is not there");
    const { source, messages } = template;
    await applyModel(
      // what is due waits for the worker, which sends nothing while all is paused
      { ...context, delivers: true },
      { file: "model.yaml", source, messages },
      {
        reason: "The demo book",
        progress: (done, total) => telling.tell("deciding", done, total),
      },
    );
    await telling.now("done", 1, 1);
  } catch (error) {
    await telling.now("failed", 0, 0, error instanceof Error ? error.message : String(error));
    throw error;
  }
}

class Telling {
  readonly #context: EngineContext;
  readonly #startedAt: number;
  #seenAt = 0;
  #phase = "";
  #last: Promise<void> = Promise.resolve();

  constructor(context: EngineContext) {
    this.#context = context;
    this.#startedAt = context.clock();
  }

  /** Not waited for. */
  tell(phase: DemoProgress["phase"], done: number, total: number): void {
    const now = this.#context.clock();
    if (phase === this.#phase && now - this.#seenAt < TELL_EVERY_MS) return;
    this.#last = this.#last.then(() => this.#write(phase, done, total, null));
    // an outage here is one of the loading itself, which tells it
    this.#last.catch(() => undefined);
    this.#phase = phase;
    this.#seenAt = now;
  }

  async now(
    phase: DemoProgress["phase"],
    done: number,
    total: number,
    error: string | null = null,
  ): Promise<void> {
    await this.#last;
    await this.#write(phase, done, total, error);
  }

  #write(
    phase: DemoProgress["phase"],
    done: number,
    total: number,
    error: string | null,
  ): Promise<void> {
    const seenAt = this.#context.clock();
    const progress: DemoProgress = {
      phase,
      done,
      total,
      startedAt: this.#startedAt,
      seenAt,
      error,
    };
    return this.#context.store.settings.set(KEY, { ...progress });
  }
}
