import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lacking, scopesUpTo } from "./door-rules.ts";
import type { Caller, RouteAccess, Scope } from "./route.ts";
import { openTestApp } from "./testing/compose-test-app.ts";
import { administrator, caller, type TestApp, type TestCaller } from "./testing/test-app.ts";

/** Walks every route there is with each kind of caller. */
let t: TestApp;
beforeAll(async () => {
  t = await openTestApp("pglite");
});
afterAll(() => t.close());

interface Route {
  readonly method: string;
  readonly url: string;
  readonly access: RouteAccess;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

function routes(): Route[] {
  return t.app.routeList
    .flatMap(({ method, url, config }) =>
      [method].flat().map((one) => ({ method: one, url, access: config?.access ?? "public" })),
    )
    .filter(({ method }) => method !== "HEAD" && method !== "OPTIONS")
    .toSorted((a, b) => (`${a.url} ${a.method}` < `${b.url} ${b.method}` ? -1 : 1));
}

const REFUSALS = ["sign-in-needed", "bad-key", "forbidden"];

/** Whether the door let them through to the route, whatever it then said of an empty request. */
async function isLetIn(who: TestCaller, { method, url }: Route): Promise<boolean> {
  const answer = await t.app.inject({
    method: method as Method,
    url: url.replace(/:\w+/g, "none").replace("*", "none"),
    headers: who.headers,
    ...(method === "GET" || method === "DELETE" ? {} : { payload: {} }),
  });
  if (answer.statusCode !== 401 && answer.statusCode !== 403) return true;
  return !REFUSALS.includes(answer.json<{ code: string }>().code);
}

interface Kind {
  readonly name: string;
  readonly who: TestCaller;
  /** null: nobody that the door knows. */
  readonly may: Pick<Caller, "access" | "scopes"> | null;
}

async function kinds(): Promise<Kind[]> {
  const person = (access: Caller["access"]) => ({ access, scopes: scopesUpTo(["admin"]) });
  const key = async (scope: Scope, access?: Caller["access"]): Promise<Kind> => ({
    name: `a key with the scope ${scope}${access === undefined ? "" : ` and the access ${access}`}`,
    who: await t.withKey([scope], access),
    may: { access: access ?? "admin", scopes: scopesUpTo([scope]) },
  });
  const bearer = async (kind: "write" | "widget"): Promise<Kind> => ({
    name: `a ${kind} key`,
    who: caller(t.app, { authorization: `Bearer ${(await t.newKey(kind)).secret}` }),
    may: null,
  });
  return [
    { name: "nobody", who: t.nobody, may: null },
    { name: "a csm", who: t.csm, may: person("csm") },
    { name: "a leader", who: t.leader, may: person("leader") },
    { name: "an ops", who: t.ops, may: person("ops") },
    { name: "an admin", who: t.admin, may: person("admin") },
    { name: "the administrator", who: await administrator(t.app, t.context), may: person("admin") },
    await key("read"),
    await key("write"),
    await key("admin"),
    await key("admin", "leader"),
    await key("write", "ops"),
    await bearer("write"),
    await bearer("widget"),
  ];
}

test("each caller gets where they may, and nowhere else", async () => {
  const wrong: string[] = [];
  let walked = 0;
  // whoever signs out is out, so that comes last
  const guarded = routes()
    .filter(({ access }) => typeof access === "object")
    .toSorted((a, b) => Number(isSignOut(a)) - Number(isSignOut(b)));
  for (const { name, who, may } of await kinds()) {
    for (const route of guarded) {
      // a guess too many would be refused for that alone
      t.now += 61_000;
      const { access } = route;
      if (typeof access === "string") continue;
      const expected = may !== null && lacking({ ...NOBODY, ...may }, access) === null;
      walked += 1;
      if ((await isLetIn(who, route)) !== expected)
        wrong.push(`${name} ${expected ? "may" : "may not"} ${route.method} ${route.url}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(walked).toBeGreaterThan(100);
});

/** They ask with a body, or take nothing but one's own session away. */
const WRITE_NOTHING = [
  "DELETE /api/session",
  "POST /api/capacity/what-if",
  "POST /api/capacity/what-if/touches",
  "POST /api/models/validate",
];

test("a key that only reads gets to nothing that writes", () => {
  const forReaders = routes().filter(
    ({ method, access }) =>
      method !== "GET" && typeof access === "object" && access.scope === "read",
  );
  expect(forReaders.map(({ method, url }) => `${method} ${url}`).toSorted()).toEqual(WRITE_NOTHING);
});

const NOBODY = { actor: "", member: null };

function isSignOut({ method, url }: Route): boolean {
  return method === "DELETE" && url === "/api/session";
}

test("all that is not guarded by the door says why, and refuses who comes with nothing", async () => {
  const open = routes().filter(({ access }) => typeof access === "string");
  const underApi = open.filter(({ url, access }) => access === "public" && url.startsWith("/api/"));
  expect(underApi.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "POST /api/session",
    "POST /api/signin",
  ]);
  const keyed = open.filter(({ access }) => access !== "public");
  expect(keyed.length).toBeGreaterThan(0);
  for (const route of keyed) {
    for (const who of [t.nobody, t.admin, await t.withKey(["admin"])]) {
      const answer = await t.app.inject({
        method: route.method as Method,
        url: route.url.replace(/:\w+/g, "none").replace("*", "none"),
        headers: who.headers,
        ...(route.method === "GET" ? {} : { payload: {} }),
      });
      expect([route.url, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([
        route.url,
        true,
      ]);
    }
  }
});

const DOCS = ["/docs", "/openapi.json"];

test("docs/reference/access.md says the same", async () => {
  const rows = routes()
    .filter(({ url }) => !DOCS.some((one) => url.startsWith(one)))
    .map(({ method, url, access }) => `| ${method} | \`${url}\` | ${needs(access)} |`);
  const page = `# Who may call what

For integrators and administrators. Written by a test from the routes themselves, each of which is tried with
each kind of caller (\`src/server/access-walk.test.ts\`).

People have an access level, and each level may all that those before it may: \`csm\`, \`leader\`, \`ops\`, \`admin\`.
API keys have scopes, the higher with the lower in it: \`read\`, \`write\`, \`admin\`; a key can be held to an access
level as well. A route needs both: a person has every scope, a key without a level has every level. "Own accounts"
means that a \`csm\` changes only what belongs to accounts of their own, and touches that are theirs.

| method | route | needs |
|---|---|---|
${rows.join("\n")}
`;
  await expect(page).toMatchFileSnapshot(
    fileURLToPath(new URL("../../docs/reference/access.md", import.meta.url)),
  );
});

function needs(access: RouteAccess): string {
  if (access === "public") return "nothing, or a signed link";
  if (access === "write-key") return "a write key";
  if (access === "widget") return "a widget key and a user's token";
  const own = access.ownAccountsOnly === true ? "; a `csm` own accounts only" : "";
  return `\`${access.person}\`, scope \`${access.scope}\`${own}`;
}
