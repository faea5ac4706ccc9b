import { createHash } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { addressHash } from "../../engine/outbox/address-hash.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { BROWSER, type MailedApp, openMailedApp } from "../testing/compose-sent-mail.ts";

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const ANN = addressHash("ann@acme.test");

describe.each(ENGINES)("pages for contacts on %s", (engine) => {
  let it: MailedApp | undefined;
  afterEach(async () => {
    await it?.close();
    it = undefined;
  });
  async function opened(model?: string): Promise<MailedApp> {
    it = await openMailedApp(engine, model === undefined ? {} : { model });
    return it;
  }
  async function contactOf({ app }: MailedApp, account: string) {
    const [stored] = await app.store.accounts.load([account]);
    const [contact] = stored?.contacts ?? [];
    const traits = (stored?.contactTraits ?? []).map(({ trait, value }) => [trait, value]);
    return { optOuts: contact?.optOuts, traits: Object.fromEntries(traits) as object };
  }
  async function factsOf({ app }: MailedApp, account: string) {
    for await (const [decided] of app.store.decisions.current([account])) {
      return decided?.decision.facts;
    }
    return undefined;
  }
  function post(here: MailedApp, url: string, form: string | URLSearchParams) {
    return here.app.nobody.post(url, String(form), { headers: { ...BROWSER, ...FORM } });
  }

  test("one POST unsubscribes the person from whatever account, for ever, and again is no more", async () => {
    const here = await opened();
    const { app, mail } = here;
    const url = mail.links("acme").unsubscribe();
    const asked = await app.nobody.get(url, { headers: BROWSER });
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain("a•••@acme.test");
    expect(asked.body).not.toContain("ann@acme.test");
    expect(await mail.result("acme")).toBe("delivered");
    expect((await contactOf(here, "acme")).optOuts).toEqual([]);

    for (let n = 0; n < 2; n++) {
      const answer = await post(here, url, "List-Unsubscribe=One-Click");
      expect(answer.statusCode).toBe(200);
      expect(answer.headers.location).toBeUndefined();
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    expect(await mail.result("acme")).toBe("unsubscribed");
    expect(await mail.events("acme", "touch:welcome:unsubscribed")).toHaveLength(1);
    expect((await contactOf(here, "acme")).optOuts).toEqual(["email"]);
    expect((await contactOf(here, "beta")).optOuts).toEqual(["email"]);
    expect((await contactOf(here, "gamma")).optOuts).toEqual([]);
    expect(await app.store.persons.suppressions([ANN])).toEqual([
      { address: ANN, channel: "email", reason: "unsubscribed" },
    ]);
    expect(app.woken).toContain("decide");
  });

  test("mail programs may post as multipart, with an odd type, or nothing at all; strangers may not", async () => {
    const here = await opened();
    const { app, mail } = here;
    const multipart =
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    const tries = [
      ["acme", { "content-type": "multipart/form-data; boundary=x" }, multipart],
      ["beta", { "content-type": "text/plain" }, "List-Unsubscribe=One-Click"],
      ["gamma", {}, undefined],
    ] as const;
    for (const [account, headers, payload] of tries) {
      const url = mail.links(account).unsubscribe();
      const answer = await app.nobody.post(url, payload, { headers });
      expect(answer.statusCode, account).toBe(200);
      expect(await mail.result(account), account).toBe("unsubscribed");
    }
    const forged = mail.links("acme").unsubscribe().slice(0, -1);
    expect((await post(here, `${forged}!`, "List-Unsubscribe=One-Click")).statusCode).toBe(404);
    const open = mail.links("acme").open().replace("/o/", "/u/").replace(".gif", "");
    expect((await post(here, open, "List-Unsubscribe=One-Click")).statusCode).toBe(404);
  });

  test("whoever unsubscribed gets no more mail, also as a new contact of another account", async () => {
    const here = await opened();
    const { mail, app } = here;
    await post(here, mail.links("acme").unsubscribe(), "List-Unsubscribe=One-Click");
    const { book } = mail.delivery;
    await book.import({
      accounts: [
        {
          accountId: "delta",
          name: "Delta",
          owner: null,
          parentId: null,
          createdAt: null,
          closedAt: null,
          timezone: null,
          asOf: null,
          traits: { arr: 10 },
          outcome: {},
        },
      ],
      contacts: [
        {
          contactId: "ann4",
          accountId: "delta",
          userId: undefined,
          email: "Ann@Acme.test",
          name: "Ann",
          role: "admin",
          timezone: null,
          locale: null,
          createdAt: null,
          asOf: null,
          traits: {},
        },
      ],
    });
    const before = mail.mail.receivers.length;
    await mail.send();
    expect(mail.mail.receivers).toHaveLength(before);
    const [touch] = await mail.delivery.touches("delta");
    expect(touch).toMatchObject({ touchpoint: "welcome" });
    expect(touch?.status).not.toBe("done");
    expect(app.store.kind).toBe(engine === "pglite" ? "pglite" : "postgres");
  });

  test("a contact says what it wants, and may take it back; models can read it", async () => {
    const model = (await import("../../engine/outbox/testing/mail-model.ts"))
      .mailModel()
      .replace("facts:\n", "facts:\n  often: { said: preferred_frequency }\n");
    const here = await opened(model);
    const { app, mail } = here;
    const url = mail.links("acme").preferences();
    const page = await app.nobody.get(url, { headers: BROWSER });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("Tell Acme Success what suits you.");
    expect(page.body).toContain("Ann Lee");
    expect(page.body).not.toContain("ann@acme.test");
    const form = (wants: readonly string[], more: Record<string, string>) => {
      const body = new URLSearchParams(more);
      for (const one of wants) body.append("wants", one);
      return body;
    };
    const chosen = { frequency: "monthly", channel: "call" };
    const saved = await post(here, url, form(["in_app"], chosen));
    expect(saved.statusCode).toBe(200);
    expect(saved.body).toContain("Saved. Thank you.");
    expect(saved.body).toMatch(/value="monthly"\s+checked/);
    expect(await contactOf(here, "beta")).toMatchObject({
      optOuts: ["email", "webinar"],
      traits: { preferred_frequency: "monthly", preferred_channel: "call" },
    });
    expect(await mail.result("acme")).toBe("unsubscribed");
    await mail.delivery.decide();
    expect(await factsOf(here, "acme")).toMatchObject({ often: "monthly" });

    await post(here, url, form(["email", "in_app"], { frequency: "", channel: "nonsense" }));
    expect(await contactOf(here, "acme")).toMatchObject({
      optOuts: ["webinar"],
      traits: { preferred_frequency: null, preferred_channel: null },
    });
    expect(await app.store.persons.suppressions([ANN])).toEqual([
      { address: ANN, channel: "webinar", reason: "unsubscribed" },
    ]);
  });

  test("an address that mail came back from is not written to because its owner says so", async () => {
    const here = await opened();
    const { app, mail } = here;
    const bounce = { email: "ann@acme.test", result: "bounced", bounce: "hard" };
    await app.ops.post("/api/results", bounce);
    const url = mail.links("acme").preferences();
    await post(here, url, "wants=email&wants=in_app&wants=webinar");
    expect(await app.store.persons.suppressions([ANN])).toMatchObject([{ reason: "bounced" }]);
    expect((await app.nobody.get(url, { headers: BROWSER })).body).toContain("came back");
  });

  test("a score in a mail only chooses; what is sent counts, and replaces what was sent before", async () => {
    const model = (await import("../../engine/outbox/testing/mail-model.ts"))
      .mailModel()
      .replace(
        "facts:\n",
        'facts:\n  nps: { nps: "survey:nps:answered.score", over: 90d }\n  csat: { avg: "survey:csat:answered.score", over: 90d }\n',
      );
    const here = await opened(model);
    const { app, mail } = here;
    const url = mail.links("acme").survey("nps", 9);
    const page = await app.nobody.get(url, { headers: BROWSER });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("How likely are you to recommend Acme Success");
    expect(page.body).toMatch(/value="9"\s+required checked/);
    expect(await mail.events("acme", "survey:")).toEqual([]);

    expect((await post(here, url, "score=10&comment=Great+%3Cb%3E")).statusCode).toBe(200);
    expect((await post(here, url, "score=10&comment=Great+%3Cb%3E")).statusCode).toBe(200);
    app.now += 60_000;
    const [answer, ...others] = await mail.events("acme", "survey:nps:answered");
    expect(others).toEqual([]);
    expect(answer).toMatchObject({
      user: "user-ann",
      engine: true,
      pending: true,
      properties: { score: 10, comment: "Great <b>", contact: "ann" },
    });
    expect(await mail.result("acme")).toBe("clicked");
    const csat = mail.links("acme").survey("csat", 2);
    for (const score of [2, 5]) await post(here, csat, `score=${score}`);
    await post(here, url, "score=3");
    const [changed, ...more] = await mail.events("acme", "survey:nps:answered");
    expect(more).toEqual([]);
    expect(changed).toMatchObject({ at: app.now, properties: { score: 3 } });
    mail.delivery.book.now = app.now;
    await mail.delivery.decide();
    expect(await factsOf(here, "acme")).toMatchObject({ nps: -100, csat: 5 });

    for (const score of ["", "11", "-1", "3.5", "9e9", "nine"]) {
      const refused = await post(here, url, new URLSearchParams({ score, comment: "kept" }));
      expect(refused.statusCode, score).toBe(422);
      expect(refused.body).toContain("kept</textarea>");
    }
    expect((await post(here, `${url}x`, "score=1")).statusCode).toBe(404);
    expect(await mail.events("acme", "survey:")).toHaveLength(2);
  });

  test("pages speak the contact's language, carry no script and let nothing in", async () => {
    const here = await opened();
    const { app, mail } = here;
    const malay = await app.nobody.get(mail.links("gamma").unsubscribe(), { headers: BROWSER });
    expect(malay.body).toContain('<html lang="ms">');
    expect(malay.body).toContain("Hentikan mesej ini?");
    await app.store.intake.contacts(
      [
        {
          contactId: "ann",
          accountId: "acme",
          userId: undefined,
          email: undefined,
          name: "<script>alert(1)</script>",
          role: '"><img src=x>',
          timezone: undefined,
          locale: undefined,
          createdAt: undefined,
          asOf: null,
          traits: {},
        },
      ],
      { now: app.now, today: 20_000 },
    );
    const links = mail.links("acme");
    for (const url of [links.preferences(), links.unsubscribe(), links.survey("csat", 3), "/c/x"]) {
      const { headers, body } = await app.nobody.get(url, { headers: BROWSER });
      expect(body).not.toMatch(/<script|<img/);
      const style = /<style>(.*)<\/style>/s.exec(body)?.[1] ?? "";
      const hash = createHash("sha256").update(style).digest("base64");
      expect(headers["content-security-policy"]).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      );
      expect(headers).toMatchObject({
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      });
      expect(headers["set-cookie"]).toBeUndefined();
    }
  });
});
