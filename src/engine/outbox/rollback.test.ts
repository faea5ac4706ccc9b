import { afterEach, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { applyPlan } from "../apply-plan.ts";
import { PROBLEM_CODES } from "../plan/problems.ts";
import type { Store } from "../ports.ts";
import { previewRollback, rollbackModel } from "../rollback-model.ts";
import { account, contact, GO_LIVE } from "../testing/book.ts";
import { Delivery } from "./testing/delivery.ts";
import { mailModel } from "./testing/mail-model.ts";

/** Every contact is welcomed by the later model, once for ever; by the first, those of big accounts. */
const LATER = mailModel().replace(
  "  welcome:\n    when: arr >= 1\n",
  "  welcome:\n    for: contact\n    when: arr >= 1\n",
);
const FIRST = LATER.replace("when: arr >= 1\n", "when: arr >= 500\n");

describe.each(ENGINES_OF_ENGINE)("mails and a rollback on %s", (engine) => {
  const open: Store[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });

  test("what was sent in between stays and is named, what waits is withdrawn, and nobody gets it twice", async () => {
    const store = await openTestStore(engine);
    open.push(store);
    const it = new Delivery(store);
    await it.begin(
      {
        accounts: ["sent", "waits", "asleep"].map((id) => account(id, { traits: { arr: 10 } })),
        contacts: ["sent", "waits"].map((id) =>
          contact(id, `${id}-ann`, { email: `ann@${id}.test`, role: "admin" }),
        ),
      },
      FIRST,
    );
    await it.work();
    expect(it.email.handed).toEqual([]);
    const later = async () => {
      const messages = { "welcome.en": "subject: Hello\n\nHello" };
      const files = { file: "model.yaml", source: LATER, messages };
      const allow = Object.keys(PROBLEM_CODES);
      // as a worker that delivers would find it: due, and held back by nobody
      await applyPlan({ ...it.book.context, delivers: true }, files, { allow });
    };

    await later();
    it.email.behave = ({ receiver }) =>
      receiver?.includes("waits") === true
        ? { kind: "temporary", error: "451 busy" }
        : { kind: "sent" };
    await it.work();
    expect(it.email.receivers).toEqual(["ann@sent.test"]);
    expect(await it.standing("waits")).toEqual(["welcome | deferred | 451 busy"]);

    const { touches } = await previewRollback(it.book.context);
    expect(touches.staying.map(({ account: id, status }) => [id, status])).toEqual([
      ["sent", "done"],
    ]);
    const back = await rollbackModel({ ...it.book.context, delivers: true });
    expect(back.touches).toEqual(touches);
    expect(await it.standing("sent")).toEqual(["welcome | done | delivered"]);
    it.email.behave = () => ({ kind: "sent" });
    it.book.on(GO_LIVE + 1, 10);
    await it.work();
    expect(it.email.arrived).toHaveLength(1);

    await later();
    await it.work();
    it.book.on(GO_LIVE + 3, 10);
    await it.work();
    expect(it.email.receivers.toSorted()).toEqual(["ann@sent.test", "ann@waits.test"]);
  });
});
