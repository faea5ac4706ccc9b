import { afterAll, beforeAll, expect, test } from "vitest";
import { openChannels } from "../deliver/open-channels.ts";
import { openTestStore } from "../store/testing/test-store.ts";
import { applyModel } from "./apply-model.ts";
import { previewMessage } from "./preview-message.ts";
import { TEST_SETTINGS } from "./testing/settings.ts";
import type { Settings } from "./settings.ts";
import { account, type Book, contact, GO_LIVE, logins } from "./testing/book.ts";
import { Books } from "./testing/books.ts";
import { SMALL_MODEL } from "./testing/small-model.ts";

const SETTINGS: Settings = {
  ...TEST_SETTINGS,
  publicUrl: "https://cs.example.com",
  mailFrom: "Northwind <success@northwind.test>",
  mailPostalAddress: "Northwind GmbH, Berlin",
};
const OPTIONS = { settings: SETTINGS, channels: openChannels(SETTINGS) };

const MODEL = SMALL_MODEL.replace(
  "programs:\n",
  `  welcome: { title: Welcome, purpose: educational, channel: email, by: automation, to: 'contact.role == "admin"', template: welcome }
programs:
  greeting:
    when: account_age_days >= 10000
    steps: [{ touch: welcome, after: 0d }]
`,
);
const WELCOME =
  "subject: Welcome {{ contact.name }}\n\n{{ account.name }}: {{ facts.logins_7d }} logins, level {{ facts.level }}. [Go](https://a.test/)";

const books = new Books(() => openTestStore("pglite"));
let book: Book;
beforeAll(async () => {
  book = await books.book(GO_LIVE, 9);
  await book.import({
    accounts: [account("acme", { name: "Acme", createdAt: GO_LIVE - 100, traits: { arr: 300 } })],
    contacts: [
      contact("acme", "a1", { name: "Bo", email: "bo@acme.test", role: "user" }),
      contact("acme", "a2", { name: "Ada", email: "ada@acme.test", role: "admin", locale: "de" }),
    ],
    events: logins("acme", GO_LIVE - 99, GO_LIVE - 1),
  });
  const files = { file: "model.yaml", source: MODEL, messages: { "welcome.en": WELCOME } };
  await applyModel(book.context, files, {});
  await book.decide();
});
afterAll(() => books.close());

test("a message is shown as the first who would receive it gets it today", async () => {
  const before = await book.picture();
  const preview = await previewMessage(book.context, OPTIONS, {
    account: "acme",
    touchpoint: "welcome",
  });
  expect(preview).toMatchObject({
    channel: "email",
    contact: "a2",
    receiver: "ada@acme.test",
    notReceived: null,
    message: { subject: "Welcome Ada", links: ["https://a.test/"] },
  });
  expect(preview.message.text).toContain("Acme: 6 logins, level high.");
  expect(preview.message.text).toContain("Northwind GmbH, Berlin");
  expect(await book.picture()).toEqual(before);
  expect(await book.store.outbox.list({}, 10)).toEqual([]);
});

test("for a contact who would not get it, it says why", async () => {
  const wanted = { account: "acme", touchpoint: "welcome", contact: "bo@acme.test" };
  const preview = await previewMessage(book.context, OPTIONS, wanted);
  expect(preview.contact).toBe("a1");
  expect(preview.message.subject).toBe("Welcome Bo");
  expect(preview.notReceived).toMatch(/\w/);
});

test("a draft is shown before it is in force, and its mistakes have a place", async () => {
  const shown = (welcome: string) =>
    previewMessage(book.context, OPTIONS, {
      account: "acme",
      touchpoint: "welcome",
      draft: { source: MODEL, messages: { "welcome.en": WELCOME, "welcome.de": welcome } },
    });
  const preview = await shown("subject: Willkommen {{ contact.name }}\n\nHallo");
  expect(preview.message).toMatchObject({ subject: "Willkommen Ada", locale: "de" });
  await expect(shown("subject: x\n\n{{ facts.arrr }}")).rejects.toMatchObject({
    code: "bad-message",
    message: "messages/welcome.de.liquid:3:4: undefined variable: facts.arrr",
  });
});

test("a person's touch is shown as what to talk about", async () => {
  const preview = await previewMessage(book.context, OPTIONS, {
    account: "acme",
    touchpoint: "call",
  });
  expect(preview).toMatchObject({ channel: "call", contact: null, message: { subject: "Call" } });
});

test("a touchpoint that is none is told, with the nearest", async () => {
  await expect(
    previewMessage(book.context, OPTIONS, { account: "acme", touchpoint: "welcom" }),
  ).rejects.toMatchObject({ code: "unknown-touchpoint", hint: "Did you mean `welcome`?" });
});
