import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Channel, Channels } from "../engine/ports/channel.ts";
import { webhookSecret } from "../engine/webhooks/webhook-secret.ts";
import { type ChannelSettings, openChannels } from "./open-channels.ts";
import { dispatchOf } from "./testing/channel-contract.ts";
import { HttpServer } from "./testing/http-server.ts";
import { SAMPLE_CONTACT, SAMPLE_LINKS, sampleScene } from "./testing/sample-scene.ts";

let server: HttpServer;
let channels: Channels;

beforeAll(async () => {
  server = await HttpServer.start();
  channels = openChannels(settings(true));
});
beforeEach(() => {
  server.answer = { status: 200, body: "ok" };
  server.inbox.length = 0;
});
afterAll(() => server.stop());

function settings(allowPrivateTargets: boolean): ChannelSettings {
  return {
    smtpUrl: null,
    mailFrom: null,
    mailPostalAddress: null,
    dkimKeyFile: null,
    slackWebhookUrl: server.url,
    touchWebhookUrl: server.url,
    secret: "a secret for tests",
    allowPrivateTargets,
  };
}

function channelOf(name: Channel["name"], all = channels): Channel {
  const channel = all.get(name);
  if (!channel) throw new Error(`there is no channel ${name}`);
  return channel;
}

async function post(
  name: "slack" | "webhook",
  source: string,
  contactName = "Ada",
  all = channels,
) {
  const channel = channelOf(name, all);
  const scene = sampleScene(source, { contact: { ...SAMPLE_CONTACT, name: contactName } });
  const dispatch = dispatchOf({ channel, receiver: null }, channel.render(scene, SAMPLE_LINKS));
  return { result: await channel.send(dispatch), dispatch };
}

test("Slack gets its own marks, and no name can call the channel", async () => {
  const { result } = await post(
    "slack",
    `subject: {{ contact.name }} is quiet
button: Open
link: https://app.northwind.test/a?x=1&y=2

**{{ contact.name }}** of [Acme](https://a.test/1?b=1&c=2) & co:

- one
- *two*

1. first
2. \`second\`

> said
`,
    "<!channel> <@U1>",
  );
  expect(result).toEqual({ kind: "sent" });
  expect(server.inbox).toHaveLength(1);
  expect(server.inbox[0]?.headers["content-type"]).toBe("application/json");
  expect(JSON.parse(server.inbox[0]?.body ?? "")).toEqual({
    text: `*&lt;!channel&gt; &lt;@U1&gt; is quiet*

*&lt;!channel&gt; &lt;@U1&gt;* of <https://a.test/1?b=1&amp;c=2|Acme> &amp; co:

• one
• _two_

1. first
2. \`second\`

said

<https://app.northwind.test/a?x=1&amp;y=2|Open>`,
    unfurl_links: false,
  });
});

test.each([
  [{ status: 200, body: "<html>sign in</html>" }, "permanent"],
  [{ status: 429, body: "", headers: { "retry-after": "30" } }, "temporary"],
  [{ status: 410, body: "channel_is_archived" }, "permanent"],
  [{ status: 500, body: "" }, "temporary"],
] as const)("Slack's %o is %s", async (answer, kind) => {
  server.answer = answer;
  const { result } = await post("slack", "subject: x\n\ny");
  expect(result.kind).toBe(kind);
  if ("headers" in answer) expect(result).toMatchObject({ retryAfterMs: 30_000 });
});

test("a webhook is signed so that its receiver can check it, and says all there is to know", async () => {
  const { result, dispatch } = await post("webhook", "subject: Hi\n\n**Hello** {{ contact.name }}");
  expect(result).toEqual({ kind: "sent" });
  const [request] = server.inbox;
  const headers = request?.headers as Record<string, string>;
  const checker = new Webhook(webhookSecret("a secret for tests", "touches"));
  // the library checks the time against today's clock, which is none of ours
  const signature = checker.sign(dispatch.id, new Date(dispatch.at), request?.body ?? "");
  expect(headers["webhook-signature"]).toBe(signature);
  expect(headers["webhook-id"]).toBe(dispatch.id);
  expect(headers["webhook-timestamp"]).toBe(String(dispatch.at / 1000));
  expect(JSON.parse(request?.body ?? "")).toMatchObject({
    type: "touch.send",
    timestamp: "2026-03-02T09:00:00Z",
    data: {
      id: dispatch.id,
      touch: { touchpoint: "welcome", due: "2026-03-02" },
      account: { id: "acme", name: "Acme Ltd" },
      contact: { email: "ada@acme.test" },
      facts: { seats: 40, nps: null },
      message: { subject: "Hi", text: "Hello Ada" },
    },
  });
});

test("a webhook to this machine or its network is refused unless the setting allows it", async () => {
  const strict = openChannels(settings(false));
  const { result } = await post("webhook", "subject: x\n\ny", "Ada", strict);
  expect(result).toMatchObject({ kind: "permanent" });
  expect(server.inbox).toEqual([]);
});

test.each([
  ["show: modal", { show: "modal", selector: null }],
  ["selector: '#save'", { show: "tooltip", selector: "'#save'" }],
  ["button: Go", { show: "banner", button: "Go", link: null }],
  ["button: Go\nlink: /settings", { button: "Go", link: "/settings" }],
])("a message in the app with %j", (head, expected) => {
  const message = channelOf("in_app").render(sampleScene(`title: T\n${head}\n\nx`), SAMPLE_LINKS);
  expect(message.extra).toMatchObject(expected);
  expect(message.subject).toBe("T");
});

test("a checklist's first list is its steps", () => {
  const message = channelOf("in_app").render(
    sampleScene(
      "title: First steps\nshow: checklist\n\nThree of them:\n\n- [Connect](/connect?a=1&b=2) a system\n- [ ] Invite {{ contact.name }} & co\n- **Read** it\n\nDone? Good.",
    ),
    SAMPLE_LINKS,
  );
  expect(message.extra["items"]).toEqual([
    { text: "Connect a system", link: "/connect?a=1&b=2" },
    { text: "Invite Ada Lovelace & co", link: null },
    { text: "Read it", link: null },
  ]);
  expect(message.html).not.toContain("<li");
  expect(message.html).toMatch(/Three of them:[\s\S]*Done\? Good\./);
});

test.each(["show: popup", "show: tooltip"])("%s is refused", (head) => {
  const wrong = (): unknown =>
    channelOf("in_app").render(sampleScene(`title: T\n${head}\n\nx`), SAMPLE_LINKS);
  expect(wrong).toThrow(/messages\/welcome\.en\.liquid:2:7/);
});
