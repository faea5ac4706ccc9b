import type { AddressInfo } from "node:net";
import { Analytics } from "@segment/analytics-node";
import Rudder from "@rudderstack/rudder-sdk-node";
import { PostHog } from "posthog-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../../store/testing/test-database.ts";
import { ingest } from "../routes/ingest.ts";
import { openTestApp } from "../testing/compose-test-app.ts";
import type { TestApp } from "../testing/test-app.ts";

/** The clients that people have in their products, with nothing changed but the host. */
describe.each(ENGINES)("real clients on %s", (engine) => {
  let t: TestApp;
  let host: string;
  let key: string;
  const seen: { url: string; type: string | undefined; encoding: string | undefined }[] = [];
  beforeAll(async () => {
    t = await openTestApp(engine, { routes: [ingest], now: Date.now() });
    key = (await t.newKey("write")).secret;
    t.app.server.prependListener("request", ({ url, headers }) => {
      seen.push({
        url: url ?? "",
        type: headers["content-type"],
        encoding: headers["content-encoding"],
      });
    });
    await t.app.listen({ port: 0, host: "127.0.0.1" });
    host = `http://127.0.0.1:${(t.app.server.address() as AddressInfo).port}`;
  });
  afterAll(() => t.close());
  const accountOf = async (id: string) => (await t.store.accounts.load([id]))[0];
  const eventsOf = async (id: string) =>
    (await accountOf(id))?.events.map(({ name, user }) => `${name} by ${user ?? "-"}`).toSorted();

  test("@segment/analytics-node", async () => {
    const client = new Analytics({ writeKey: key, host, flushInterval: 50 });
    const errors: unknown[] = [];
    client.on("error", (error) => errors.push(error));
    client.track({ anonymousId: "seg-anon", event: "Landed" });
    client.identify({
      userId: "seg",
      anonymousId: "seg-anon",
      traits: { email: "Seg@x.io", name: "Seg" },
    });
    client.group({
      userId: "seg",
      groupId: "seg-co",
      traits: { name: "Segment Co 🏭", plan: "pro" },
    });
    client.track({ userId: "seg", event: "Report Viewed", properties: { id: 1 } });
    client.track({ userId: "guest", event: "Peeked", context: { groupId: "seg-co" } });
    client.page({ userId: "seg", name: "Home" });
    client.screen({ userId: "seg", name: "Start" });
    client.alias({ userId: "seg", previousId: "seg-old" });
    client.track({ userId: "seg-old", event: "Left Over" });
    await client.closeAndFlush();
    expect(errors).toEqual([]);
    await t.store.ingest.attribute(null, 100, { now: t.now, today: 0 });
    expect(await eventsOf("seg-co")).toEqual([
      "Landed by seg",
      "Left Over by seg",
      "Peeked by guest",
      "Report Viewed by seg",
      "Viewed Home Page by seg",
      "Viewed Start Screen by seg",
    ]);
    expect(await accountOf("seg-co")).toMatchObject({
      name: "Segment Co 🏭",
      contacts: [{ id: "seg", email: "seg@x.io", name: "Seg" }],
      traits: [{ trait: "plan", value: "pro" }],
    });
  });

  test("@rudderstack/rudder-sdk-node, gzipped and under another type than JSON", async () => {
    const client = new Rudder(key, { dataPlaneUrl: host, flushAt: 4, flushInterval: 50 });
    client.identify({ userId: "rud", traits: { email: "rud@x.io" } });
    client.group({ userId: "rud", groupId: "rud-co", traits: { plan: "free" } });
    client.track({ userId: "rud", event: "Report Viewed", properties: { id: 1 } });
    client.track({ userId: "rud", event: "Report Shared", timestamp: new Date(t.now - 60_000) });
    await expect.poll(() => eventsOf("rud-co"), { timeout: 30_000 }).toHaveLength(2);
    await client.flush();
    expect(await eventsOf("rud-co")).toEqual(["Report Shared by rud", "Report Viewed by rud"]);
    expect(await accountOf("rud-co")).toMatchObject({
      contacts: [{ id: "rud", email: "rud@x.io" }],
      traits: [{ trait: "plan", value: "free" }],
    });
    expect(seen).toContainEqual({
      url: "/v1/batch",
      type: "application/x-www-form-urlencoded",
      encoding: "gzip",
    });
  });

  test("posthog-node", async () => {
    const client = new PostHog(key, { host, flushAt: 20, flushInterval: 50 });
    client.groupIdentify({ groupType: "company", groupKey: "hog-co", properties: { name: "Hog" } });
    client.identify({ distinctId: "hog", properties: { email: "hog@x.io" } });
    client.capture({
      distinctId: "hog",
      event: "Report Viewed",
      groups: { company: "hog-co" },
      properties: { id: 1 },
    });
    await client.shutdown();
    expect(await eventsOf("hog-co")).toEqual(["Report Viewed by hog"]);
    expect(await accountOf("hog-co")).toMatchObject({ name: "Hog" });
    expect(seen.some(({ url }) => url.startsWith("/batch/"))).toBe(true);
  });

  test("a client that sends the same batch again after a broken answer counts once", async () => {
    const batch = Array.from({ length: 50 }, (_, n) => ({
      type: "track",
      userId: "seg",
      event: "Once",
      messageId: `once-${n}`,
      context: { groupId: "once-co" },
    }));
    const send = async () => {
      const answer = await fetch(`${host}/v1/batch`, {
        method: "POST",
        body: JSON.stringify({ batch, writeKey: key, sentAt: new Date().toISOString() }),
      });
      return answer.status;
    };
    expect(await Promise.all(Array.from({ length: 8 }, send))).toEqual(Array(8).fill(200));
    expect(await eventsOf("once-co")).toHaveLength(50);
  });
});
