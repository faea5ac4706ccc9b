import { describe, expect, test } from "vitest";
import { DAY_MS, dayOf } from "../../core/time/day.ts";
import { fromPostHog } from "./posthog-item.ts";
import { type ItemRead, type Kind, readMessage } from "./read-message.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const reading = {
  zone: "Europe/Berlin",
  accountTypes: new Map([
    ["arr", { kind: "number" as const }],
    ["renewal", { kind: "date" as const }],
    ["live", { kind: "boolean" as const }],
  ]),
  contactTypes: new Map([["seats", { kind: "number" as const }]]),
  receivedAt: NOW,
  sentAt: undefined,
  newId: () => "new",
};
const read = (item: unknown, kind: Kind | null = null, more = {}): ItemRead =>
  readMessage(item, kind, { ...reading, ...more });
const message = (item: object, kind: Kind | null = null, more = {}) => {
  const one = read(item, kind, more);
  if ("refused" in one) throw new Error(one.refused);
  return one.message;
};
const track = (more: object) => message({ type: "track", userId: "u", event: "E", ...more });

describe("when it happened", () => {
  const iso = (offset: number) => new Date(NOW + offset).toISOString();
  const hour = 3_600_000;
  test.each([
    ["no timestamp: when it came", {}, 0],
    ["a right clock", { timestamp: iso(-5000), sentAt: iso(0) }, -5000],
    ["a clock 3 hours ahead", { timestamp: iso(3 * hour - 5000), sentAt: iso(3 * hour) }, -5000],
    ["a clock of 1970", { timestamp: 1000, sentAt: 6 }, 1_000_000 - 6000],
    [
      "originalTimestamp, before timestamp",
      { originalTimestamp: iso(-60_000), timestamp: iso(-1), sentAt: iso(0) },
      -60_000,
    ],
    ["30 days late", { timestamp: iso(-30 * DAY_MS) }, -30 * DAY_MS],
    [
      "sent late by a queue: by how long it waited",
      { timestamp: iso(-2 * hour), sentAt: iso(-2 * hour + 1000) },
      -1000,
    ],
    ["an hour ahead is taken", { timestamp: iso(hour) }, hour],
    ["seconds", { timestamp: NOW / 1000 - 60 }, -60_000],
    ["milliseconds", { timestamp: NOW - 60_000 }, -60_000],
    ["with an offset", { timestamp: "2026-03-02T09:30:00+01:00" }, -hour / 2],
    ["a bare day", { timestamp: "2026-03-01" }, -33 * hour],
    ["sentAt that is no time", { timestamp: iso(-1), sentAt: "yesterday" }, -1],
  ])("%s", (_name, more, offset) => {
    expect(track(more).at - NOW).toBe(offset);
  });

  test("the batch's sentAt counts where the item has none", () => {
    const at = (item: object) =>
      message({ type: "track", userId: "u", event: "E", timestamp: iso(hour), ...item }, null, {
        sentAt: iso(hour),
      }).at;
    expect([at({}) - NOW, at({ sentAt: iso(hour + 500) }) - NOW]).toEqual([0, -500]);
  });

  test.each([
    [{ timestamp: iso(25 * hour) }, "24 hours in the future"],
    [{ timestamp: iso(0), sentAt: iso(-30 * hour) }, "24 hours in the future"],
    [{ timestamp: "1969-12-31T00:00:00Z" }, "outside the years"],
    [{ timestamp: "2200-01-01" }, "24 hours in the future"],
    [{ timestamp: "today" }, "is no time"],
    [{ timestamp: {} }, "is no time"],
    [{ timestamp: 1e300 }, "24 hours in the future"],
  ])("%j is refused", (more, reason) => {
    expect(read({ type: "track", userId: "u", event: "E", ...more })).toEqual({
      refused: expect.stringContaining(reason),
      id: null,
    });
  });

  test("traits of a late message count from its local day", () => {
    const asOf = (timestamp: string) => track({ timestamp }).asOf;
    expect(asOf("2026-03-01T22:30:00Z")).toBe(dayOf(2026, 3, 1));
    // past midnight in Berlin: today
    expect(asOf("2026-03-01T23:30:00Z")).toBeNull();
    expect(asOf("2026-02-01T23:30:00Z")).toBe(dayOf(2026, 2, 2));
  });
});

describe("what it says", () => {
  test("group: known traits fill the account's fields, others are traits of their declared types", () => {
    const one = read(
      {
        groupId: " acme ",
        traits: {
          name: "Ærø ApS 🚀",
          created_at: "2025-01-31T23:30:00Z",
          owner: 17,
          parentId: "holding",
          timezone: "America/Sao_Paulo",
          arr: "12000.5",
          renewal: "2026-12-31T23:30:00Z",
          live: "maybe",
          tags: ["a"],
          address: { city: "דרום" },
          nothing: null,
          blank: "  ",
        },
      },
      "group",
    );
    expect(one).toMatchObject({
      message: {
        kind: "group",
        accountId: "acme",
        userId: null,
        fields: {
          name: "Ærø ApS 🚀",
          createdAt: dayOf(2025, 2, 1),
          owner: "17",
          parentId: "holding",
          closedAt: undefined,
          timezone: "America/Sao_Paulo",
        },
      },
      warnings: ['live: "maybe" is no boolean'],
    });
    if ("refused" in one || one.message.kind !== "group") throw new Error("no group");
    expect(one.message.fields.traits).toEqual({
      arr: 12_000.5,
      renewal: "2027-01-01",
      tags: '["a"]',
      address: '{"city":"דרום"}',
      nothing: null,
      blank: null,
    });
  });

  test("a closed account, one that is open again, and dates in other forms", () => {
    const fields = (traits: object) => {
      const one = message({ groupId: "a", traits }, "group");
      return one.kind === "group" ? [one.fields.closedAt, one.fields.createdAt] : [];
    };
    expect(fields({ closedAt: "2026-03-01" })).toEqual([dayOf(2026, 3, 1), undefined]);
    expect(fields({ closed_at: null })).toEqual([null, undefined]);
    expect(fields({ createdAt: dayOf(2025, 5, 5) * 86_400 })).toEqual([
      undefined,
      dayOf(2025, 5, 5),
    ]);
    expect(fields({ createdAt: dayOf(2025, 5, 5) * DAY_MS })).toEqual([
      undefined,
      dayOf(2025, 5, 5),
    ]);
    expect(fields({ createdAt: "2024-02-29" })).toEqual([undefined, dayOf(2024, 2, 29)]);
    expect(fields({ createdAt: "2025-02-29" })).toEqual([undefined, undefined]);
    expect(fields({ createdAt: "1850-01-01" })).toEqual([undefined, undefined]);
  });

  test("identify: address, name of its parts, title, zone and locale of the context", () => {
    const context = {
      timezone: "Asia/Kathmandu",
      locale: "he-IL",
      traits: { plan: "free", email: "old@x.io" },
    };
    const one = message(
      {
        userId: 42,
        traits: { email: "A@x.io", firstName: "שרה", lastName: "לוי", title: "CEO", seats: "3" },
        context,
      },
      "identify",
    );
    expect(one).toMatchObject({
      userId: "42",
      fields: {
        email: "A@x.io",
        name: "שרה לוי",
        role: "CEO",
        timezone: "Asia/Kathmandu",
        locale: "he-IL",
        createdAt: undefined,
        traits: { plan: "free", firstName: "שרה", lastName: "לוי", seats: 3 },
      },
    });
  });

  test.each([
    ["timezone", "Mars/Base", "is no time zone"],
    ["timezone", "+02:00", "is no time zone"],
    ["timezone", 7, "is no time zone"],
    ["timezone", "x".repeat(3000), "is no time zone"],
    ["email", "nobody", "is no address"],
    ["email", ["a@x.io"], "is no address"],
    ["email", `${"a".repeat(400)}@x.io`, "is no address"],
    ["locale", "German, please", "is no locale"],
    ["createdAt", "once", "is no day"],
    ["name", { first: "A" }, "is no text"],
    ["seats", "many", "is no number"],
    ["n".repeat(300), 1, "longer than 255 bytes"],
    ["é".repeat(128), 1, "longer than 255 bytes"],
  ])("%s: %j is left out, and the rest is taken", (trait, value, warning) => {
    const one = read({ userId: "u", traits: { [trait]: value, kept: true } }, "identify");
    expect(one).toMatchObject({
      message: { fields: { traits: { kept: true } } },
      warnings: [expect.stringContaining(warning)],
    });
    const fields = "message" in one && one.message.kind === "identify" ? one.message.fields : null;
    expect(Object.keys(fields?.traits ?? {})).toEqual(["kept"]);
  });

  test("properties keep their nesting; NUL and half emoji are made whole; odd keys do no harm", () => {
    const properties = JSON.parse(
      '{"a":{"b":[1,null]},"none":null,"blank":"","big":1e999,"nul":"a\\u0000b","__proto__":{"x":1},"constructor":"c","":2}',
    ) as object;
    const one = track({ userId: "\ud83dhalf", properties });
    expect(one).toMatchObject({
      userId: "\ufffdhalf",
      properties: { a: { b: [1, null] }, nul: "a\ufffdb", constructor: "c" },
    });
    expect(Object.keys((one as { properties: object }).properties)).toEqual([
      "a",
      "nul",
      "constructor",
    ]);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test("pages and screens are events by their name", () => {
    const name = (item: object, kind: Kind) => {
      const one = message({ userId: "u", ...item }, kind);
      return one.kind === "track" ? [one.event, one.properties] : [];
    };
    expect(name({ name: "Home", category: "Docs" }, "page")).toEqual([
      "Viewed Home Page",
      { category: "Docs" },
    ]);
    expect(name({ properties: { name: "Top", url: "/" } }, "screen")).toEqual([
      "Viewed Top Screen",
      { name: "Top", url: "/" },
    ]);
    expect(name({}, "page")).toEqual(["Viewed Page", {}]);
  });

  test("survey answers may come from elsewhere, other names of the engine may not", () => {
    expect(track({ event: "survey:nps:answered", properties: { score: 9 } })).toMatchObject({
      kind: "track",
    });
    for (const event of ["touch:call:held", "segment:a:entered", "account:closed"])
      expect(read({ type: "track", userId: "u", event })).toHaveProperty("refused");
  });
});

describe("which message it is", () => {
  const id = (more: object) => track(more).id;
  const hash = (more: object) => Buffer.from(track(more).hash).toString("hex");
  test("its own id, else one of its content and time, else a new one", () => {
    expect(id({ messageId: "m1" })).toBe("m1");
    expect(id({})).toBe("new");
    const timed = { timestamp: "2026-03-01T10:00:00Z" };
    expect(id(timed)).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(id({ ...timed, properties: { a: 1, b: 2 } })).toBe(
      id({ ...timed, properties: { b: 2, a: 1 } }),
    );
    expect(id({ ...timed, properties: { a: 1 } })).not.toBe(id({ ...timed, properties: { a: 2 } }));
  });

  test("sent again it is the same, whatever the client's clock and library say then", () => {
    const again = {
      sentAt: "2026-03-02T09:00:00Z",
      context: { library: { retry: 2 } },
      _metadata: {},
    };
    expect(hash({ ...again, properties: { a: 1 } })).toBe(hash({ properties: { a: 1 } }));
  });

  test.each([
    [{ event: "F" }],
    [{ userId: "v" }],
    [{ anonymousId: "a" }],
    [{ context: { groupId: "g" } }],
    [{ properties: { a: "1" } }],
    [{ timestamp: "2026-03-01" }],
  ])("%j is other content", (more) => {
    expect(hash({ properties: { a: 1 }, ...more })).not.toBe(hash({ properties: { a: 1 } }));
  });
});

describe("what PostHog's clients send", () => {
  const ph = (item: object) => message(fromPostHog(item) as object);
  test("events, identify, groups, aliases, page views", () => {
    expect(
      ph({
        event: "Paid",
        distinct_id: "u",
        uuid: "x1",
        timestamp: "2026-03-01T10:00:00Z",
        properties: { amount: 5, $lib: "js", $groups: { team: "t", company: "acme" } },
      }),
    ).toMatchObject({
      kind: "track",
      id: "x1",
      userId: "u",
      accountId: "acme",
      event: "Paid",
      properties: { amount: 5 },
    });
    expect(
      ph({
        event: "$identify",
        distinct_id: "u",
        properties: {
          $anon_distinct_id: "anon",
          $set_once: { plan: "a", seats: 1 },
          $set: { plan: "b", email: "u@x.io" },
        },
      }),
    ).toMatchObject({
      kind: "identify",
      anonymousId: "anon",
      fields: { email: "u@x.io", traits: { plan: "b", seats: 1 } },
    });
    expect(
      ph({
        event: "$groupidentify",
        distinct_id: "$company_acme",
        properties: { $group_type: "company", $group_key: "acme", $group_set: { name: "Acme" } },
      }),
    ).toMatchObject({ kind: "group", userId: null, accountId: "acme", fields: { name: "Acme" } });
    expect(
      ph({ event: "$create_alias", distinct_id: "u", properties: { alias: "old" } }),
    ).toMatchObject({ kind: "alias", userId: "u", previousId: "old" });
    expect(
      ph({ event: "$pageview", properties: { distinct_id: "u", $current_url: "https://x.io/a" } }),
    ).toMatchObject({ event: "Viewed Page", userId: "u", properties: { url: "https://x.io/a" } });
    expect(() =>
      ph({ event: "$groupidentify", properties: { $group_type: "project", $group_key: "p" } }),
    ).toThrow("group of type project");
    expect(read(fromPostHog("nonsense"))).toHaveProperty("refused");
  });
});
