import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Json } from "../../core/facts/types.ts";
import type {
  CalendarEntry,
  Channel,
  Channels,
  Dispatch,
  RenderedMessage,
} from "../../engine/ports/channel.ts";
import { Delivery } from "../../engine/outbox/testing/delivery.ts";
import { account, contact, GO_LIVE } from "../../engine/testing/book.ts";
import { addTouchByHand, scheduleTouch, skipTouchById } from "../../engine/touch-actions.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { openChannels } from "../open-channels.ts";
import { dispatchOf } from "../testing/channel-contract.ts";
import { MailServer, type ReceivedMail } from "../testing/mail-server.ts";

let server: MailServer;
let channels: Channels;
let channel: Channel;

beforeAll(async () => {
  server = await MailServer.start();
  channels = openChannels({
    smtpUrl: server.url,
    mailFrom: "Northwind <success@northwind.test>",
    mailPostalAddress: null,
    dkimKeyFile: null,
    slackWebhookUrl: null,
    touchWebhookUrl: null,
    secret: "s",
    allowPrivateTargets: false,
  });
  const found = channels.get("email");
  if (!found) throw new Error("there is no mail channel");
  channel = found;
});
afterEach(() => {
  server.inbox.length = 0;
});
afterAll(async () => {
  await channel.close();
  await server.stop();
});

async function receive(dispatch: Dispatch): Promise<ReceivedMail> {
  expect(await channel.send(dispatch)).toEqual({ kind: "sent" });
  const mail = server.inbox.at(-1);
  if (!mail) throw new Error("nothing arrived");
  return mail;
}

const ENTRY: CalendarEntry = {
  method: "REQUEST",
  uid: "k2.abc@touchstone",
  sequence: 2,
  startsAt: Date.UTC(2026, 2, 29, 13, 30),
  minutes: 45,
  title: "Kickoff, with Acme; 🎉",
  place: "https://meet.example.com/1",
  organizer: { name: "Ann Owens", email: "ann@northwind.test" },
  attendees: [{ name: 'Zoë "Z" Ölund', email: "ada@acme.test" }],
  madeAt: Date.UTC(2026, 2, 2, 9),
};

function invitation(entry: CalendarEntry): Dispatch {
  const message: RenderedMessage = {
    subject: "Invitation: Kickoff",
    text: "Hello <Zoë>,\n\nyou are invited.",
    html: "",
    preheader: null,
    locale: "en",
    links: [],
    extra: {
      mail: { headers: {}, toName: "Zoë", replyTo: entry.organizer },
      calendar: entry as unknown as Json,
    },
  };
  const kind = entry.method === "CANCEL" ? "withdrawal" : "invitation";
  return dispatchOf({ channel, receiver: "ada@acme.test" }, message, { kind, messageId: "" });
}

/** The lines of a calendar entry, unfolded. */
function calendarOf({ parsed }: ReceivedMail): readonly string[] {
  const part = parsed.attachments.find(({ contentType }) => contentType === "text/calendar");
  return (part?.content.toString("utf8") ?? "").replace(/\r\n[ \t]/g, "").split("\r\n");
}

test("an invitation is an entry that calendars take, in UTC", async () => {
  const mail = await receive(invitation(ENTRY));
  expect(mail.raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
  expect(
    mail.parsed.attachments.map(({ contentType, filename }) => `${contentType} ${filename}`),
  ).toEqual(["text/calendar undefined", "application/ics invite.ics"]);
  const lines = calendarOf(mail);
  expect(lines).toEqual(
    expect.arrayContaining([
      "METHOD:REQUEST",
      "UID:k2.abc@touchstone",
      "SEQUENCE:2",
      "DTSTAMP:20260302T090000Z",
      "DTSTART:20260329T133000Z",
      "DTEND:20260329T141500Z",
      "SUMMARY:Kickoff\\, with Acme\\; 🎉",
      "LOCATION:https://meet.example.com/1",
      "STATUS:CONFIRMED",
    ]),
  );
  expect(lines.find((line) => line.startsWith("ORGANIZER"))).toContain("mailto:ann@northwind.test");
  const attendee = lines.find((line) => line.startsWith("ATTENDEE"));
  expect(attendee).toContain(`CN="Zoë 'Z' Ölund"`);
  expect(attendee).toContain("RSVP=TRUE");
  expect(attendee?.toLowerCase()).toContain("mailto:ada@acme.test");
  expect(mail.parsed.html).toContain("Hello &lt;Zoë&gt;,");
  expect(mail.parsed.messageId).toMatch(/^<k2uyfi2akdr3jtph\.\d+@northwind\.test>$/);
});

test("a withdrawal takes the same entry out again", async () => {
  const mail = await receive(
    invitation({ ...ENTRY, method: "CANCEL", sequence: 3, organizer: null }),
  );
  expect(mail.raw).toMatch(/method=CANCEL/);
  const lines = calendarOf(mail);
  expect(lines).toEqual(
    expect.arrayContaining([
      "METHOD:CANCEL",
      "UID:k2.abc@touchstone",
      "SEQUENCE:3",
      "STATUS:CANCELLED",
    ]),
  );
  expect(lines.find((line) => line.startsWith("ORGANIZER"))).toContain("success@northwind.test");
});

test("what a person fixes and skips reaches the customer's calendar once, each in turn", async () => {
  const delivery = new Delivery(await openTestStore("pglite"));
  await delivery.begin({
    accounts: [account("acme", { name: "Acme", createdAt: GO_LIVE - 100 })],
    contacts: [contact("acme", "a1", { name: "Ada", email: "ada@acme.test" })],
  });
  const { context } = delivery.book;
  const { touch } = await addTouchByHand(context, "acme", "call", { due: GO_LIVE + 1, nonce: "1" });
  const startsAt = (GO_LIVE + 1) * 86_400_000 + 11 * 3_600_000;
  await scheduleTouch(context, touch.id, { startsAt, with: ["Ada"] });
  const hand = delivery.hand("w", { channels });
  while ((await hand.sendQueued()) > 0) continue;
  await skipTouchById(context, touch.id, "solved by mail");
  while ((await hand.sendQueued()) > 0) continue;
  await hand.sendQueued();
  const said = server.inbox.map((mail) =>
    calendarOf(mail)
      .filter((line) => /^(METHOD|SEQUENCE|UID|DTSTART)/.test(line))
      .toSorted(),
  );
  const uid = said[0]?.at(-1);
  const start = "DTSTART:20260303T110000Z";
  expect(uid).toMatch(/^UID:/);
  expect(said).toEqual([
    [start, "METHOD:REQUEST", "SEQUENCE:0", uid],
    [start, "METHOD:CANCEL", "SEQUENCE:1", uid],
  ]);
  expect(server.inbox.map(({ to }) => to)).toEqual([["ada@acme.test"], ["ada@acme.test"]]);
  const left = await delivery.store.outbox.list({ touchId: touch.id }, 10);
  expect(left.map(({ status }) => status)).toEqual(["sent", "sent"]);
  await delivery.store.close();
});
