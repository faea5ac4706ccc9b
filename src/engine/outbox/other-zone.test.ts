import { afterEach, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Store } from "../ports.ts";
import { account, contact } from "../testing/book.ts";
import { Delivery, HOUR_MS } from "./testing/delivery.ts";
import { mailModel } from "./testing/mail-model.ts";

describe.each(ENGINES_OF_ENGINE)("a model of another time zone on %s", (engine) => {
  const open: Store[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });

  test.each([
    ["the day before", "Pacific/Auckland", "America/Los_Angeles"],
    ["the day after", "America/Los_Angeles", "Pacific/Auckland"],
  ])("where it is %s: each message still goes once, within its window", async (_, from, to) => {
    const store = await openTestStore(engine);
    open.push(store);
    const it = new Delivery(store);
    const caps =
      "{ send_between: '08:00-18:00', give_up_after: 7d, contact: { email: [1 per 1d] } }";
    await it.apply(mailModel({ zone: from, caps }));
    await it.book.import({
      accounts: ["a", "b"].map((id) => account(id, { traits: { arr: 10 } })),
      contacts: ["a", "b"].map((id) =>
        contact(id, "c", { email: `${id}@x.test`, role: "user", timezone: from }),
      ),
    });
    await it.decide();
    await it.apply(mailModel({ zone: to, caps }));
    const hand = it.hand("w");
    for (let hour = 0; hour < 72; hour++) {
      await it.work(hand);
      it.book.now += HOUR_MS;
    }
    expect(it.email.receivers.toSorted()).toEqual(["a@x.test", "b@x.test"]);
    expect(await it.standing()).toEqual(Array(2).fill("welcome | done | delivered"));
  });
});
