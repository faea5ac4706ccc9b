import { expect, test } from "vitest";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Listed } from "../testing/answers.ts";
import { apiBook } from "../testing/api-book.ts";

const reason = "because";

/** A sound request to each route that a CSM may use for own accounts only. */
const REQUESTS: Readonly<Record<string, object>> = {
  "PATCH /api/accounts/:account": { name: "Mine", reason },
  "PUT /api/accounts/:account/pin": { level: "high", reason },
  "PUT /api/accounts/:account/unpin": { reason },
  "PUT /api/accounts/:account/stage": { stage: "onboarding", reason },
  "POST /api/accounts/:account/programs/:program/start": { reason },
  "POST /api/accounts/:account/programs/:program/stop": { reason },
  "PUT /api/contacts/:account/:contact": { name: "Somebody", reason },
  "PUT /api/contacts/:account/:contact/opt-outs": { channels: ["email"], reason },
  "POST /api/touches": { account: "core", touchpoint: "call" },
  "POST /api/touches/:touch/done": { result: "held" },
  "POST /api/touches/:touch/skip": { reason },
  "POST /api/touches/:touch/schedule": { starts_at: "2099-03-02T10:00:00Z" },
  "POST /api/touches/:touch/notes": { note: "called" },
  "POST /api/touches/:touch/assign": { owner: "csm", reason },
  "POST /api/touches/:touch/reschedule": { due: "2099-03-02", reason },
  "POST /api/touches/:touch/snooze": { until: "2026-03-03T10:00:00Z" },
  "POST /api/accounts/:account/notes": { note: "called" },
  "PUT /api/accounts/:account/notes/:note": { note: "called" },
  "DELETE /api/accounts/:account/notes/:note": { reason },
};

test("a CSM changes nothing of somebody else's account, by whatever route; a leader is let through", async () => {
  const app = await apiBook(await openTestStore("pglite"));
  try {
    const guarded = app.app.routeList.flatMap(({ method, url, config }) => {
      const access = config?.access;
      return typeof access === "object" && access.ownAccountsOnly
        ? [`${String(method)} ${url}`]
        : [];
    });
    expect(guarded.toSorted()).toEqual(Object.keys(REQUESTS).toSorted());
    const [touch] = (await app.csm.get("/api/touches?account=core")).json<Listed>().items;
    const named: Readonly<Record<string, string>> = {
      ":account": "core",
      ":contact": "kim",
      ":program": "rescue",
      ":touch": String(touch?.["id"]),
    };
    for (const [route, payload] of Object.entries(REQUESTS)) {
      const [method = "", path = ""] = route.split(" ");
      const url = path.replaceAll(/:\w+/g, (name) => named[name] ?? name);
      const ask = async (who: typeof app.csm) =>
        app.app.inject({ method: method as "POST", url, payload, headers: who.headers });
      const refused = await ask(app.csm);
      expect([route, refused.statusCode, refused.json<{ code: string }>().code]).toEqual([
        route,
        403,
        "forbidden",
      ]);
      expect([route, (await ask(app.leader)).statusCode]).not.toEqual([route, 403]);
    }
  } finally {
    await app.close();
  }
});
