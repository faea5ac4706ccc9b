import { afterEach, describe, expect, test } from "vitest";
import { ENGINES } from "../../store/testing/test-database.ts";
import { BROWSER, type MailedApp, openMailedApp } from "../testing/compose-sent-mail.ts";

describe.each(ENGINES)("links of mails on %s", (engine) => {
  let it: MailedApp | undefined;
  afterEach(async () => {
    await it?.close();
    it = undefined;
  });
  async function opened(): Promise<MailedApp> {
    it = await openMailedApp(engine);
    return it;
  }
  /** The server's clock goes along with the mail's. */
  async function judge({ app, mail }: MailedApp): Promise<void> {
    mail.delivery.book.now = app.now;
    await mail.judge();
    app.now = mail.delivery.book.now;
  }

  test("a click leads where the mail said, and is the touch's result and an event, once", async () => {
    const here = await opened();
    const { app, mail } = here;
    const url = mail.links("acme").click(0);
    for (let n = 0; n < 3; n++) {
      const answer = await app.nobody.get(url, { headers: BROWSER });
      expect(answer.statusCode).toBe(302);
      expect(answer.headers.location).toBe("https://acme.test/start?a=1&b=2");
      expect(answer.headers["cache-control"]).toBe("no-store");
      app.now += 5000;
    }
    expect(await mail.result("acme")).toBe("delivered");
    expect(app.woken).toContain("hits");
    await judge(here);
    await judge(here);
    expect(await mail.result("acme")).toBe("clicked");
    const [click, ...others] = await mail.events("acme", "touch:welcome:clicked");
    expect(others).toEqual([]);
    expect(click).toMatchObject({ pending: true, engine: true, user: "ann" });
    expect(await mail.result("beta")).toBe("delivered");
    const toDecide = await app.store.accounts.ids({ toDecideOn: 0 });
    expect(toDecide).toEqual(["acme"]);
  });

  test("only links that were in that very mail lead anywhere", async () => {
    const { app, mail } = await opened();
    const links = mail.links("acme");
    const good = links.click(0);
    const [, , token = ""] = good.split("/");
    const [id = "", , signature = ""] = token.split("~");
    const bad = [
      // a number that the mail did not have, and one that led to a script
      links.click(3),
      links.click(2),
      links.click(-1).replace("/c/", "/c/"),
      `/c/${id}~1~${signature}`,
      `/c/${id}~0~${signature.slice(0, -1)}A`,
      `/c/${token}x`,
      `/c/${mail.to("beta").id}~0~${signature}`,
      // other kinds of our own links
      links.unsubscribe().replace("/u/", "/c/"),
      links.open().replace("/o/", "/c/"),
      "/c/https://evil.example/",
      "/c/https:%2F%2Fevil.example",
      `${good}?url=https://evil.example/`.replace(token, "x"),
      "/c/",
      `/c/${"a".repeat(300)}`,
    ];
    for (const url of bad) {
      const answer = await app.nobody.get(url, { headers: BROWSER });
      expect(answer.statusCode, url).toBe(404);
      expect(answer.headers.location).toBeUndefined();
    }
    const asked = await app.nobody.get(`${good}?url=https://evil.example/&to=//evil.example`, {
      headers: BROWSER,
    });
    expect(asked.headers.location).toBe("https://acme.test/start?a=1&b=2");
  });

  test("what machines ask for leads on and is no click", async () => {
    const here = await opened();
    const { app, mail } = here;
    const agent = (name: string) => ({ headers: { "user-agent": name } });
    const asked = [
      ["a HEAD request", { method: "HEAD", headers: BROWSER }],
      ["a mail scanner", agent("Mozilla/5.0 (compatible; Barracuda Sentinel)")],
      ["a crawler", agent("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")],
      ["a script", agent("python-requests/2.31")],
      ["a prefetch", { headers: { ...BROWSER, "sec-purpose": "prefetch;prerender" } }],
      ["no user agent", agent("")],
    ] as const;
    for (const [, ask] of asked) {
      const url = mail.links("acme").click(0);
      const answer = await app.app.inject({ method: "GET", url, ...ask });
      expect(answer.statusCode).toBe(302);
      app.now += 5000;
    }
    await judge(here);
    expect(await mail.result("acme")).toBe("delivered");
    const hits = await app.store.hits.of("acme", mail.to("acme").id);
    expect(hits.map(({ weak }) => weak)).toEqual(asked.map(([why]) => why));
  });

  test("who follows all links within a second, or any within seconds of delivery, is a machine", async () => {
    const here = await opened();
    const { app, mail } = here;
    const links = mail.links("acme");
    await app.nobody.get(links.click(0), { headers: BROWSER });
    app.now += 400;
    await app.nobody.get(links.click(1), { headers: BROWSER });
    const beta = mail.to("beta");
    app.now = (beta.sentAt ?? 0) + 3000;
    await app.nobody.get(mail.links("beta").click(0), { headers: BROWSER });
    app.now += 120_000;
    await judge(here);
    expect(await mail.result("acme")).toBe("delivered");
    expect(await mail.result("beta")).toBe("delivered");
    const hits = await app.store.hits.of("acme", mail.to("acme").id);
    expect(hits.map(({ weak }) => weak)).toEqual(Array(2).fill("several links within a second"));
    // the person comes later
    await app.nobody.get(links.click(1), { headers: BROWSER });
    app.now += 5000;
    await judge(here);
    expect(await mail.result("acme")).toBe("clicked");
  });

  test("an open mail is weak evidence: a person's is a result, that of a proxy is only kept", async () => {
    const here = await opened();
    const { app, mail } = here;
    const proxies = [
      "Mozilla/5.0",
      "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
      "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
    ];
    for (const agent of proxies) {
      const answer = await app.nobody.get(mail.links("acme").open(), {
        headers: { "user-agent": agent },
      });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        "content-type": "image/gif",
        "cache-control": "no-store, private",
      });
      expect(answer.rawPayload.subarray(0, 6).toString()).toBe("GIF89a");
      app.now += 1000;
    }
    app.now += 5000;
    await judge(here);
    expect(await mail.result("acme")).toBe("delivered");
    expect(await app.store.hits.of("acme", mail.to("acme").id)).toHaveLength(3);
    await app.nobody.get(mail.links("acme").open(), { headers: BROWSER });
    app.now += 5000;
    await judge(here);
    expect(await mail.result("acme")).toBe("opened");
    // a click goes further, a late open does not go back
    await app.nobody.get(mail.links("acme").click(0), { headers: BROWSER });
    app.now += 5000;
    await judge(here);
    await app.nobody.get(mail.links("acme").open(), { headers: BROWSER });
    app.now += 5000;
    await judge(here);
    expect(await mail.result("acme")).toBe("clicked");
    expect((await mail.events("acme", "touch:welcome:")).map(({ name }) => name).slice(-3)).toEqual(
      ["touch:welcome:delivered", "touch:welcome:opened", "touch:welcome:clicked"],
    );
    const picture = await app.nobody.get("/o/nonsense.gif", { headers: BROWSER });
    expect(picture.statusCode).toBe(200);
  });

  test("a click proves that a message of unknown end arrived", async () => {
    const here = await opened();
    const { app, mail } = here;
    mail.mail.behave = () => ({ kind: "uncertain", error: "the connection broke" });
    await mail.delivery.book.import({
      events: [
        {
          accountId: "gamma",
          event: "Bill Wanted",
          at: app.now,
          userId: "gus",
          messageId: "b1",
          properties: {},
          outcome: {},
        },
      ],
    });
    await mail.send();
    const attempt = mail.to("gamma");
    expect(attempt).toMatchObject({ status: "uncertain", touchpoint: "bill" });
    app.now = mail.delivery.book.now + 60_000;
    await app.nobody.get(mail.links("gamma").click(0), { headers: BROWSER });
    app.now += 5000;
    await judge(here);
    expect(await app.store.outbox.byId(attempt.id)).toMatchObject({ status: "sent", error: null });
    expect(await mail.result("gamma")).toBe("clicked");
  });

  test("nobody fills the database by asking for one link again and again", async () => {
    const { app, mail } = await opened();
    const url = mail.links("acme").click(0);
    for (let n = 0; n < 230; n++) {
      app.now += 10;
      await app.nobody.get(url, { headers: BROWSER });
    }
    expect(await app.store.hits.of("acme", mail.to("acme").id)).toHaveLength(200);
  });
});
