import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { InAppReport } from "../../core/in-app/types.ts";
import { DAY_MS } from "../../core/time/day.ts";
import { moment } from "../../store/testing/sample-rows.ts";
import { type InAppToSend, sendInApp } from "../../store/testing/sent-in-app.ts";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Store } from "../ports.ts";
import { InAppMessages } from "./in-app-messages.ts";

describe.each(ENGINES_OF_ENGINE)("on %s", (engine) => {
  let store: Store;
  let now: number;
  let messages: InAppMessages;
  /** Each test has a user and an account of its own. */
  let n = 0;
  let user: string;
  let account: string;
  beforeAll(async () => {
    store = await openTestStore(engine);
  });
  beforeEach(() => {
    n += 1;
    user = `u${n}`;
    account = `acme${n}`;
    now = moment().now;
    messages = new InAppMessages({ store, clock: () => now, actor: null });
  });
  afterAll(() => store.close());

  const send = (touchpoint: string, more: Partial<InAppToSend> = {}) =>
    sendInApp(store, { user, account, touchpoint, ...more });
  const waiting = async (of = user) => (await messages.waitingFor(of)).map(({ title }) => title);
  const report = (...reports: readonly InAppReport[]) => messages.report(user, reports);
  const happened = async () => {
    const [loaded] = await store.accounts.load([account]);
    return loaded!.events.map(({ name }) => name);
  };
  const resultOf = async (touchpoint: string) =>
    (await store.touches.list({ account })).find(({ touch }) => touch.touchpoint === touchpoint)
      ?.touch.result;

  test("a message is shown as it was made, in parts, with the words of its language", async () => {
    await send("tip", {
      title: "שלום 🎉",
      html: '<p>See <a href="https://a.test/">this</a><script>x</script></p>',
      locale: "he-IL",
      extra: { show: "tooltip", selector: "#new", button: "Go", link: "/new" },
    });
    expect(await messages.waitingFor(user)).toEqual([
      {
        id: `t-${account}-tip/${user}.1`,
        show: "tooltip",
        title: "שלום 🎉",
        body: [
          { tag: "p", parts: ["See ", { tag: "a", parts: ["this"], href: "https://a.test/" }] },
        ],
        selector: "#new",
        button: "Go",
        link: "/new",
        items: [],
        lang: "he-IL",
        dir: "rtl",
        words: { close: "סגירה", open: "פתיחה", progress: "הושלמו {done} מתוך {all}" },
        seen: false,
      },
    ]);
  });

  test.each<[string, InAppToSend["extra"] & object, string]>([
    ["without a kind", { show: null }, "banner"],
    ["of a kind that is not known", { show: "popup" }, "banner"],
    ["tooltip without a selector", { show: "tooltip", selector: " " }, "banner"],
    ["checklist without items", { show: "checklist" }, "banner"],
    ["checklist", { show: "checklist", items: ["one"] }, "checklist"],
  ])("a message %s is shown all the same", async (_what, extra, show) => {
    await send("tip", { extra });
    expect((await messages.waitingFor(user))[0]?.show).toBe(show);
  });

  test("links that lead elsewhere than to the web or the site are left out", async () => {
    await send("tip", {
      extra: {
        show: "checklist",
        link: "javascript:alert(1)",
        items: ["a", { text: "b", link: "/b" }, { text: "c", link: "data:text/html,x" }, 7],
      },
    });
    expect((await messages.waitingFor(user))[0]).toMatchObject({
      link: null,
      items: [
        { text: "a", link: null },
        { text: "b", link: "/b" },
        { text: "c", link: null },
      ],
    });
  });

  test("what is transactional comes first, then the oldest; a touchpoint's newest takes the place of the older", async () => {
    await send("old", { at: now - 2 * DAY_MS });
    await send("new", { at: now - DAY_MS });
    await send("bill", { touch: { purpose: "transactional" } });
    await send("new", { title: "newer", touch: { key: `${account}/n2`, id: `t-n2-${account}` } });
    expect(await waiting()).toEqual(["bill", "old", "newer"]);
    expect(await waiting("nobody")).toEqual([]);
  });

  test("after 30 days it is not shown any more", async () => {
    await send("tip");
    now += 30 * DAY_MS;
    expect(await waiting()).toEqual(["tip"]);
    now += 1;
    expect(await waiting()).toEqual([]);
  });

  test("what a user does becomes the touch's result and an event, once however often it is told", async () => {
    const message = await send("tip");
    const all = [
      { message, action: "seen" },
      { message, action: "clicked" },
      { message, action: "dismissed" },
    ] as const;
    expect(await report(all[0])).toBe(1);
    expect(await waiting()).toEqual(["tip"]);
    expect((await messages.waitingFor(user))[0]?.seen).toBe(true);
    await report(...all, ...all);
    await Promise.all([report(...all), report(...all)]);
    expect((await happened()).filter((name) => name.startsWith("touch:"))).toEqual([
      "touch:tip:seen",
      "touch:tip:clicked",
    ]);
    expect(await resultOf("tip")).toBe("clicked");
    expect(await waiting()).toEqual([]);
  });

  test("told twice at the same time it counts once", async () => {
    const message = await send("tip");
    const clicked = { message, action: "clicked" } as const;
    await Promise.all([report(clicked), report(clicked), report(clicked)]);
    expect(await happened()).toEqual(["touch:tip:clicked"]);
  });

  test("dismissed is dismissed", async () => {
    const message = await send("tip");
    await report({ message, action: "dismissed" });
    expect(await resultOf("tip")).toBe("dismissed");
    expect(await waiting()).toEqual([]);
  });

  test("a celebration is seen once", async () => {
    const message = await send("first_value", { extra: { show: "celebration" } });
    await report({ message, action: "seen" });
    expect(await waiting()).toEqual([]);
  });

  test("a checklist stays until all is done, and tells each step", async () => {
    const message = await send("setup", { extra: { show: "checklist", items: ["one", "two"] } });
    await report({ message, action: "clicked" }, { message, action: "item_done", item: 1 });
    await report({ message, action: "item_done", item: 1 });
    expect((await messages.waitingFor(user))[0]?.items.map(({ done }) => done)).toEqual([
      false,
      true,
    ]);
    expect(await report({ message, action: "item_done", item: 2 })).toBe(0);
    expect(await report({ message, action: "item_done" })).toBe(0);
    await report({ message, action: "item_done", item: 0 });
    expect(await waiting()).toEqual([]);
    expect(await resultOf("setup")).toBe("completed");
    expect((await happened()).toSorted()).toEqual([
      "in_app:setup:item_done",
      "in_app:setup:item_done",
      "touch:setup:clicked",
      "touch:setup:completed",
    ]);
  });

  test("a checklist that was begun and then closed is not turned down", async () => {
    const message = await send("setup", { extra: { show: "checklist", items: ["one", "two"] } });
    await report({ message, action: "item_done", item: 0 });
    await report({ message, action: "dismissed" });
    expect(await waiting()).toEqual([]);
    expect(await resultOf("setup")).toBe("clicked");
  });

  test("nobody reports on others' messages", async () => {
    const message = await send("tip", { user: "somebody else" });
    expect(await report({ message, action: "clicked" }, { message: "x", action: "seen" })).toBe(0);
    expect(await resultOf("tip")).toBe("delivered");
  });
});
