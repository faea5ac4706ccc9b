import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Channel, Channels } from "../engine/ports/channel.ts";
import { type ChannelSettings, openChannels } from "./open-channels.ts";
import { type ChannelBench, holdsToContract, type Trouble } from "./testing/channel-contract.ts";
import { type Answer, HttpServer } from "./testing/http-server.ts";
import { MailServer, type Misbehaviour } from "./testing/mail-server.ts";

const NOTHING: ChannelSettings = {
  smtpUrl: null,
  mailFrom: null,
  mailPostalAddress: null,
  dkimKeyFile: null,
  slackWebhookUrl: null,
  touchWebhookUrl: null,
  secret: "a secret for tests",
  allowPrivateTargets: true,
};

const MAIL_TROUBLE: Readonly<Record<Trouble, Misbehaviour | null>> = {
  none: null,
  busy: { at: "rcpt", code: 451 },
  refused: { at: "rcpt", code: 550 },
  "silent-after-handing-over": { at: "drop-after-data" },
};
const HTTP_TROUBLE: Readonly<Record<Trouble, Answer>> = {
  none: { status: 200, body: "ok" },
  busy: { status: 503, body: "later" },
  refused: { status: 404, body: "no_service" },
  "silent-after-handing-over": "drop",
};

let mails: MailServer;
let slack: HttpServer;
let hook: HttpServer;
let channels: Channels;
const bare = openChannels(NOTHING);

beforeAll(async () => {
  [mails, slack, hook] = await Promise.all([
    MailServer.start(),
    HttpServer.start(),
    HttpServer.start(),
  ]);
  channels = openChannels({
    ...NOTHING,
    smtpUrl: mails.url,
    mailFrom: "Northwind <success@northwind.test>",
    slackWebhookUrl: slack.url,
    touchWebhookUrl: hook.url,
  });
});
afterAll(async () => {
  await Promise.all([...channels.values()].map((channel) => channel.close()));
  await Promise.all([mails.stop(), slack.stop(), hook.stop()]);
});

function channelOf(all: Channels, name: Channel["name"]): Channel {
  const channel = all.get(name);
  if (!channel) throw new Error(`there is no channel ${name}`);
  return channel;
}

function benchOf(name: "email" | "webinar" | "slack" | "webhook"): ChannelBench {
  const channel = channelOf(channels, name);
  const unset = channelOf(bare, name);
  if (name === "slack" || name === "webhook") {
    const server = name === "slack" ? slack : hook;
    return {
      channel,
      bare: unset,
      receiver: null,
      // Slack's messages carry no id: they are told apart by how many there are
      received: (id) =>
        name === "slack"
          ? Number(server.inbox.length > 0)
          : server.inbox.filter((one) => one.headers["webhook-id"] === id).length,
      trouble: (kind) => {
        server.answer = HTTP_TROUBLE[kind];
      },
    };
  }
  return {
    channel,
    bare: unset,
    receiver: "ada@acme.test",
    received: (id) =>
      mails.inbox.filter(({ parsed }) => parsed.messageId === `<${id}@northwind.test>`).length,
    trouble: (kind) => {
      mails.misbehaves = MAIL_TROUBLE[kind];
    },
  };
}

describe.each(["email", "webinar", "slack", "webhook"] as const)("%s", (name) => {
  holdsToContract(() => benchOf(name));
});

describe.each(["in_app", "task", "call", "video", "in_person"] as const)("%s", (name) => {
  holdsToContract(() => ({
    channel: channelOf(channels, name),
    bare: null,
    receiver: null,
    received: () => 0,
    trouble: null,
  }));

  test("it is stored, not sent", () => {
    expect(channels.get(name)?.way).toBe("stored");
  });
});

test("there is a channel for every name that a model may use", () => {
  expect([...channels.keys()].toSorted()).toEqual([
    "call",
    "email",
    "in_app",
    "in_person",
    "slack",
    "task",
    "video",
    "webhook",
    "webinar",
  ]);
});
