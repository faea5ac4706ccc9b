import { afterAll, beforeAll, expect, test } from "vitest";
import type { Outgoing } from "../../src/engine/ports.ts";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";

let web: Web;
let account: { readonly id: string; readonly name: string };

beforeAll(async () => {
  web = await openWeb();
  const people = await web.store.reading.contacts({}, null, 200);
  const one = people.find(({ email, accountName }) => email !== null && accountName !== null);
  if (!one) throw new Error("the book has nobody to write to");
  account = { id: one.account, name: one.accountName ?? "" };
  await web.store.outbox.queue([
    message("unsure", "uncertain", "Did this one arrive?"),
    message("gone", "sent", "Your invitation"),
  ]);
});
afterAll(() => web.close());

function message(id: string, status: Outgoing["status"], subject: string): Outgoing {
  const now = Date.now();
  return {
    id: `${id}.inv.0`,
    account: account.id,
    kind: "invitation",
    touch: null,
    touchId: null,
    touchpoint: "quarterly_review",
    program: "reviews_high",
    attempt: 1,
    channel: "email",
    contact: null,
    userId: null,
    receiver: "ann@customer.example",
    countedAs: null,
    status,
    messageId: `<${id}@touchstone.example>`,
    message: {
      subject,
      text: "Hello Ann",
      html: "<p>Hello <b>Ann</b></p><script>top.document.title = 'broken in'</script>",
      locale: "en",
      extra: {},
    },
    worker: null,
    leaseUntil: null,
    tryAt: null,
    error: null,
    madeAt: now,
    sentAt: status === "sent" ? now : null,
    settledAt: null,
  } as Outgoing;
}

test("a message as it was sent, in a frame that can do nothing; one of unknown end is settled", async () => {
  const page = await web.open("ops", "/outbox?status=uncertain");
  await page.getByRole("button", { name: /Did this one arrive/ }).click();
  const panel = page.getByRole("dialog");
  const frame = panel.locator("iframe");
  expect(await frame.getAttribute("sandbox")).toBe("");
  await panel.frameLocator("iframe").getByText("Ann").waitFor();
  expect(await page.title()).not.toContain("broken in");
  await expectAccessible(page);
  await panel.getByRole("button", { name: "It was sent" }).click();
  await panel.getByText("Nobody knows whether this one arrived").waitFor({ state: "detached" });
  expect((await web.store.outbox.byId("unsure.inv.0"))?.status).toBe("sent");
  await page.goto(`/outbox?account=${account.id}`);
  await page.getByRole("button", { name: "Your invitation" }).waitFor();
  await expectAccessible(page);
});

test("what a touchpoint's message would be for a real contact", async () => {
  const page = await web.open("ops", `/outbox?view=preview&account=${account.id}`, {
    scheme: "dark",
  });
  await page.getByRole("combobox", { name: "Touchpoint" }).click();
  await page.getByRole("option", { name: "Your first weeks" }).click();
  await page.frameLocator("iframe").locator("body").waitFor();
  const asked = await web.ask(page, "POST", "/api/messages/preview", {
    account: account.id,
    touchpoint: new URL(page.url()).searchParams.get("touchpoint"),
  });
  const { subject } = asked.body as { subject: string };
  expect(subject.length).toBeGreaterThan(3);
  await page.getByText(subject, { exact: true }).waitFor();
  await expectAccessible(page);
});

test("a pause is told on every screen to everybody until it is resumed; a CSM can do neither", async () => {
  const page = await web.open("ops", "/outbox?view=pauses");
  await page.getByRole("textbox", { name: "Reason" }).fill("the mail text is wrong");
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByRole("button", { name: "Resume" }).waitFor();
  await expectAccessible(page);
  const csm = await web.open("csm", "/outbox?view=pauses", { scheme: "dark" });
  await csm.getByText("Sending is paused: email.").waitFor();
  await expectAccessible(csm);
  expect(await csm.getByRole("button", { name: "Resume" }).count()).toBe(0);
  const body = { scope: "channel", name: "email" };
  expect((await web.ask(csm, "POST", "/api/pauses/resume", body)).status).toBe(403);
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByText("Nothing is paused").waitFor();
  // by what the server tells it, not by asking again
  await csm.getByText("Sending is paused: email.").waitFor({ state: "detached" });
  await page.goto("/outbox?view=held");
  await page.getByRole("tab", { name: "Held", selected: true }).waitFor();
  await expectAccessible(page);
});
