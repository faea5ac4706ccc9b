import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstStart } from "../engine/access/first-start.ts";
import { hashOf } from "../engine/access/secrets.ts";
import { serverSecret } from "../engine/access/server-secret.ts";
import type { EngineContext } from "../engine/context.ts";
import type { Store, TeamRow } from "../engine/ports.ts";
import { ENGINES } from "./testing/test-database.ts";
import { bareMember } from "../engine/bare-rows.ts";
import { openTestStore } from "./testing/test-store.ts";

const NOW = Date.UTC(2026, 2, 2, 8);
const HOUR_MS = 3_600_000;

const MEMBER: TeamRow = { ...bareMember("ann"), name: "Ann", email: "Ann@Example.com" };

describe.each(ENGINES)("who may come in, on %s", (engine) => {
  let store: Store;
  let context: EngineContext;
  beforeAll(async () => {
    store = await openTestStore(engine);
    context = { store, clock: () => NOW, actor: null };
    const moment = { now: NOW, today: 20_514 };
    const twins = ["bob", "bill"].map((id) => ({ ...MEMBER, id, email: "twins@example.com" }));
    await store.team.write([MEMBER, ...twins], moment);
  });
  afterAll(() => store.close());

  test("a member is found by address in any case; an address of two is nobody's", async () => {
    const { access } = store;
    expect(await access.memberByEmail("ann@example.COM")).toEqual({
      member: "ann",
      name: "Ann",
      access: null,
    });
    expect(await access.memberByEmail("twins@example.com")).toBeNull();
    expect(await access.memberByEmail("%@example.com")).toBeNull();
  });

  test("what has expired is tidied away, and nothing else", async () => {
    const { access } = store;
    for (const [name, lasts] of [
      ["short", HOUR_MS],
      ["long", 3 * HOUR_MS],
      ["long too", 3 * HOUR_MS],
    ] as const)
      await access.addSignIn(hashOf(name), "ann", NOW + lasts);
    const open = (signIn: string, name: string, lasts: number) =>
      access.openSession(
        hashOf(signIn),
        { hash: name, createdAt: NOW, expiresAt: NOW + lasts },
        NOW,
      );
    expect(await open("long too", "kept", 3 * HOUR_MS)).toMatchObject({ member: "ann" });
    await access.addSignIn(hashOf("once"), null, NOW + 3 * HOUR_MS);
    await open("once", "gone", HOUR_MS);
    expect(await access.tidy(NOW + 2 * HOUR_MS)).toBe(2);
    expect(await access.isSignInOpen(hashOf("long"), NOW)).toBe(true);
    expect(await access.isSignInOpen(hashOf("short"), NOW)).toBe(false);
    expect(await access.session("kept", NOW)).toMatchObject({ member: "ann", access: null });
    expect(await access.session("gone", NOW)).toBeNull();
    expect(await access.tidy(NOW + 2 * HOUR_MS)).toBe(0);
  });

  test("the server's secret is made once, however many start together", async () => {
    const made = await Promise.all([1, 2, 3].map(() => serverSecret(store, null)));
    expect(new Set(made).size).toBe(1);
    expect(made[0]).toHaveLength(43);
    expect(await serverSecret(store, "given")).toBe("given");
    expect(await serverSecret(store, null)).toBe(made[0]);
  });

  test("of servers that start together one is the first, and never again", async () => {
    const firsts = await Promise.all([1, 2, 3].map(() => firstStart(context, "secret")));
    const [first, ...others] = firsts.filter((one) => one !== null);
    expect(others).toEqual([]);
    expect(await store.access.isSignInOpen(hashOf(first?.signIn ?? ""), NOW + 23 * HOUR_MS)).toBe(
      true,
    );
    const kept = await store.access.keys();
    expect(kept).toMatchObject([
      { kind: "admin", scopes: ["admin"], hash: hashOf(first?.adminToken ?? "") },
    ]);
    expect(await firstStart(context, "secret")).toBeNull();
  });

  test("figures of what there is to do", async () => {
    const event = {
      accountId: "a",
      event: "Logged In",
      at: NOW - HOUR_MS,
      userId: null,
      messageId: "m",
      properties: {},
      outcome: {},
    };
    const row = {
      name: undefined,
      owner: undefined,
      parentId: undefined,
      createdAt: undefined,
      closedAt: undefined,
      timezone: undefined,
      asOf: null,
      traits: {},
      outcome: {},
    };
    const moment = { now: NOW, today: 20_514 };
    expect((await store.gauges.read(NOW)).accountsWaiting).toBe(0);
    await store.intake.accounts(
      [
        { ...row, accountId: "a" },
        { ...row, accountId: "b" },
      ],
      moment,
    );
    await store.intake.events([event], moment);
    const gauges = await store.gauges.read(NOW);
    expect(gauges).toMatchObject({
      accountsWaiting: 2,
      heldMessages: 0,
      workers: 0,
      outgoingOpen: [],
      outgoingOfDay: [],
      touchesToSend: [],
      webhooksOpen: [],
      webhooksDeadOfDay: 0,
    });
  });
});
