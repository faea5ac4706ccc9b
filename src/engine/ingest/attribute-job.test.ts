import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { contactRow, accountRow, moment } from "../../store/testing/sample-rows.ts";
import type { EngineContext } from "../context.ts";
import type { Store } from "../ports.ts";
import type { WorkContext } from "../worker-job.ts";
import { attributeJob } from "./attribute-job.ts";
import { Ingestion } from "./ingestion.ts";
import { countUnattributed, listUnattributed } from "./unattributed.ts";

describe.each(ENGINES_OF_ENGINE)("held messages on %s", (engine) => {
  let store: Store;
  let context: EngineContext;
  const woken: string[] = [];
  beforeAll(async () => {
    store = await openTestStore(engine);
    context = { store, clock: () => moment().now, actor: null };
  });
  afterAll(() => store.close());
  const work = (aborted = false) =>
    ({
      context,
      buckets: () => null,
      signal: aborted ? AbortSignal.abort() : new AbortController().signal,
      wake: (job: string) => woken.push(job),
    }) as unknown as WorkContext;

  test("are told with their reasons, and attributed by the job once an import names their user", async () => {
    const ingestion = new Ingestion({
      store,
      clock: context.clock,
      wake: (job) => woken.push(job),
    });
    const items = [1, 2, 3].map((n) => ({ type: "track", userId: "u", event: `E${n}` }));
    const taken = { items, kind: null, sentAt: undefined, receivedAt: context.clock() };
    expect((await ingestion.take(taken)).map(({ status }) => status)).toEqual([
      "held",
      "held",
      "held",
    ]);
    expect(woken).toEqual([]);
    expect(await countUnattributed(context)).toMatchObject({
      messages: 3,
      reasons: [
        { reason: "no_account", messages: 3, users: 1, why: "its user belongs to no account yet" },
      ],
    });
    const [first] = await listUnattributed(context, {}, 1);
    expect(first).toMatchObject({ userId: "u", why: "its user belongs to no account yet" });

    const job = attributeJob();
    expect(await job.run(work())).toBe(0);
    await store.intake.accounts([accountRow("a")], moment());
    await store.intake.contacts([contactRow("a", "crm", { userId: "u" })], moment());
    expect(await job.run(work(true))).toBe(0);
    expect((await countUnattributed(context)).messages).toBe(3);
    await job.run(work());
    expect(woken).toEqual(["decide"]);
    expect(await countUnattributed(context)).toEqual({ messages: 0, reasons: [] });
    expect((await store.accounts.load(["a"]))[0]?.events).toHaveLength(3);
  });
});
