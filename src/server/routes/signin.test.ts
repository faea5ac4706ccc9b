import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { linkPath, makeAdminSignIn, makeSignIn } from "../../engine/access/sign-in.ts";
import type { Channel, Dispatch } from "../../engine/ports/channel.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestApp } from "../testing/compose-test-app.ts";
import { caller, type TestApp } from "../testing/test-app.ts";

const MINUTE_MS = 60_000;
const FORM = { headers: { "content-type": "application/x-www-form-urlencoded" } };

/** Mails as they would leave. */
const mails: Dispatch[] = [];
const email: Channel = {
  name: "email",
  way: "sent",
  missing: null,
  render: () => {
    throw new Error("a sign-in link is no touch");
  },
  send: (dispatch) => {
    mails.push(dispatch);
    return Promise.resolve({ kind: "sent" });
  },
  close: () => Promise.resolve(),
};

describe.each(ENGINES)("signing in on %s", (engine) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await openTestApp(engine, {
      channels: new Map([["email", email]]),
      settings: { publicUrl: "https://touch.example.com" },
    });
  });
  afterAll(() => t.close());

  const use = (token: string) => t.nobody.post("/signin", `token=${token}`, FORM);

  test("opening a link uses nothing up, the button does, and only once", async () => {
    const { token } = await makeSignIn(t.context, "CSM@example.com");
    for (let look = 0; look < 3; look++) {
      const page = await t.nobody.get(linkPath(token));
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain(`name="token" value="${token}"`);
      expect(page.headers["set-cookie"]).toBeUndefined();
      expect(page.headers["cache-control"]).toBe("no-store");
    }
    const answer = await use(token);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/"]);
    const cookie = String(answer.headers["set-cookie"]);
    expect(cookie).toMatch(
      /^touchstone-session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    const person = caller(t.app, { cookie: cookie.split(";")[0] ?? "" });
    expect((await person.get("/api/me")).json()).toMatchObject({ member: "csm", access: "csm" });
    const [known, unknown] = [await person.get("/"), await t.nobody.get("/")];
    expect([known.statusCode, unknown.statusCode, unknown.headers.location]).toEqual([
      200,
      303,
      "/signin",
    ]);
    const again = await use(token);
    expect([again.statusCode, again.headers["set-cookie"]]).toEqual([410, undefined]);
    expect((await t.nobody.get(linkPath(token))).statusCode).toBe(410);
  });

  test("of two that use one link at the same moment one gets in", async () => {
    const token = await makeAdminSignIn(t.context);
    const answers = await Promise.all([use(token), use(token), use(token)]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 410, 410]);
  });

  test("a link expires after 30 minutes", async () => {
    const before = t.now;
    const [early, late] = [await makeAdminSignIn(t.context), await makeAdminSignIn(t.context)];
    t.now += 30 * MINUTE_MS - 1;
    expect((await use(early)).statusCode).toBe(303);
    t.now += 1;
    expect((await use(late)).statusCode).toBe(410);
    t.now = before;
  });

  test("nothing secret stands in the database", async () => {
    const token = await makeAdminSignIn(t.context);
    const session =
      /touchstone-session=([^;]+)/.exec(String((await use(token)).headers["set-cookie"]))?.[1] ??
      "";
    expect(session).toHaveLength(43);
    expect(await t.store.access.session(session, t.now)).toBeNull();
    expect(await t.store.access.isSignInOpen(token, t.now)).toBe(false);
  });

  test("whoever signs out is out, in this browser and everywhere the cookie was copied to", async () => {
    const token = await makeAdminSignIn(t.context);
    const opened = await t.nobody.post("/api/session", { token });
    expect(opened.json()).toEqual({
      member: null,
      expires_at: new Date(t.now + 14 * 24 * 60 * MINUTE_MS).toISOString(),
    });
    const person = caller(t.app, {
      cookie: String(opened.headers["set-cookie"]).split(";")[0] ?? "",
    });
    expect((await person.get("/api/me")).statusCode).toBe(200);
    const closed = await person.delete("/api/session");
    expect([closed.statusCode, String(closed.headers["set-cookie"])]).toEqual([
      204,
      expect.stringMatching(/^touchstone-session=;.*1970/),
    ]);
    expect((await person.get("/api/me")).statusCode).toBe(401);
    expect((await t.nobody.post("/api/session", { token })).json()).toMatchObject({
      status: 410,
      code: "link-used",
    });
  });

  test("a page of another site can neither sign in nor out", async () => {
    const token = await makeAdminSignIn(t.context);
    const headers = { ...FORM.headers, origin: "https://evil.example" };
    expect((await t.nobody.post("/signin", `token=${token}`, { headers })).statusCode).toBe(403);
    expect((await t.csm.post("/signout", "", { headers })).statusCode).toBe(403);
    expect((await t.csm.get("/api/me")).statusCode).toBe(200);
    const ours = { ...FORM.headers, origin: "https://touch.example.com" };
    expect((await t.nobody.post("/signin", `token=${token}`, { headers: ours })).statusCode).toBe(
      303,
    );
  });

  test("a link is mailed to members only, and the answer is the same for all", async () => {
    mails.length = 0;
    const answers: { statusCode: number; body: string }[] = [];
    for (const address of ["leader@example.com", "nobody@example.com"])
      answers.push(await t.nobody.post("/api/signin", { email: address }));
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(
      answers.map(() => [202, answers[0]?.body]),
    );
    await expect.poll(() => mails.length).toBe(1);
    expect(mails[0]).toMatchObject({ receiver: "leader@example.com", channel: "email" });
    const token =
      /https:\/\/touch\.example\.com\/signin\?token=([\w-]{43})/.exec(
        mails[0]?.message.text ?? "",
      )?.[1] ?? "";
    expect(JSON.stringify({ ...mails[0], message: null })).not.toContain(token);
    expect((await use(token)).statusCode).toBe(303);
    expect((await t.nobody.post("/api/signin", { email: "no address" })).statusCode).toBe(400);
  });

  test("one address gets five mails in a quarter of an hour, and one asker 30 tries in a minute", async () => {
    t.now += 60 * MINUTE_MS;
    mails.length = 0;
    const ask = async (address: string) =>
      (await t.nobody.post("/signin/mail", `email=${address}`, FORM)).statusCode;
    for (let n = 0; n < 30; n++)
      expect(await ask(n % 2 === 0 ? "ops@example.com" : `x${n}@example.com`)).toBe(200);
    await expect.poll(() => mails.length).toBe(5);
    expect(await ask("ops@example.com")).toBe(429);
    t.now += 16 * MINUTE_MS;
    expect(await ask("ops@example.com")).toBe(200);
    await expect.poll(() => mails.length).toBe(6);
  });

  test("the page escapes what stands in its address", async () => {
    const page = await t.nobody.get(`/signin?token=${encodeURIComponent('"><script>')}`);
    expect(page.body).not.toContain("<script>");
    expect((await t.nobody.get("/")).headers.location).toBe("/signin");
  });
});

test("over TLS the cookie is secure and bound to the host", async () => {
  const t = await openTestApp("pglite", { settings: { behindProxy: true } });
  const token = await makeAdminSignIn(t.context);
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "touch.example.com" };
  const answer = await t.nobody.post("/api/session", { token }, { headers });
  const cookie = String(answer.headers["set-cookie"]);
  expect(cookie).toMatch(
    /^__Host-touchstone-session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  );
  const person = caller(t.app, { ...headers, cookie: cookie.split(";")[0] ?? "" });
  expect((await person.get("/api/me")).statusCode).toBe(200);
  // what came in plainly is not taken over TLS
  const plain = caller(t.app, {
    ...headers,
    cookie: (cookie.split(";")[0] ?? "").replace("__Host-", ""),
  });
  expect((await plain.get("/api/me")).statusCode).toBe(401);
  await t.close();
});

test("without mail the answer is the same, and nothing is sent", async () => {
  const t = await openTestApp("pglite");
  expect((await t.nobody.post("/api/signin", { email: "csm@example.com" })).statusCode).toBe(202);
  await t.close();
});
