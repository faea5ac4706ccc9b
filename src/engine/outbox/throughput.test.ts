import { describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { account, contact } from "../testing/book.ts";
import { Delivery } from "./testing/delivery.ts";

const TOUCHES = Number(process.env["DELIVERY_TOUCHES"] ?? 300);

describe.each(ENGINES_OF_ENGINE)("delivery's own speed on %s", (engine) => {
  test("each touch goes out once, and how many in a second is printed", async () => {
    const it = new Delivery(await openTestStore(engine));
    const ids = Array.from({ length: TOUCHES }, (_, index) => `a${index}`);
    await it.begin({
      accounts: ids.map((id) => account(id, { traits: { arr: 10 } })),
      contacts: ids.map((id) => contact(id, "c", { email: `${id}@x.test`, role: "user" })),
    });
    const hand = it.hand("w");
    const begun = performance.now();
    while ((await hand.deliver()) > 0);
    const seconds = (performance.now() - begun) / 1000;
    expect(new Set(it.email.receivers).size).toBe(TOUCHES);
    expect(it.email.receivers).toHaveLength(TOUCHES);
    process.stdout.write(
      `delivery on ${engine}: ${TOUCHES} touches in ${seconds.toFixed(1)} s, ${Math.round(TOUCHES / seconds)} a second\n`,
    );
    await it.store.close();
  }, 240_000);
});
