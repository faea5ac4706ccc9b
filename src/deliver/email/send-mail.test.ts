import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Channel, Dispatch } from "../../engine/ports/channel.ts";
import { openChannels } from "../open-channels.ts";
import { headersOf, tagsOf, verifies } from "../testing/check-dkim.ts";
import { dispatchOf } from "../testing/channel-contract.ts";
import { MailServer, type ReceivedMail } from "../testing/mail-server.ts";
import { SAMPLE_CONTACT, SAMPLE_LINKS, sampleScene } from "../testing/sample-scene.ts";

/** Long enough for a busy machine, short enough where the other side never answers. */
const PATIENT = { turn: 20_000, whole: 40_000, connect: 20_000, silence: 20_000 };
const IMPATIENT = { turn: 1_500, whole: 20_000, connect: 1_500, silence: 1_500 };
const key = generateKeyPairSync("rsa", { modulusLength: 2048 });

let folder: string;
let keyFile: string;
let server: MailServer;
const open: Channel[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "touchstone-mail-"));
  keyFile = join(folder, "spring.pem");
  await writeFile(keyFile, key.privateKey.export({ type: "pkcs8", format: "pem" }));
  server = await MailServer.start();
});
afterEach(() => {
  server.misbehaves = null;
  server.inbox.length = 0;
  server.attempts = 0;
});
afterAll(async () => {
  await Promise.all(open.map((channel) => channel.close()));
  await server.stop();
  await rm(folder, { recursive: true });
});

function email(
  smtpUrl = server.url,
  dkimKeyFile: string | null = null,
  timeouts = PATIENT,
): Channel {
  const channels = openChannels(
    {
      smtpUrl,
      mailFrom: "Northwind Erfolg <success@northwind.test>",
      mailPostalAddress: "Northwind GmbH, Berlin",
      dkimKeyFile,
      slackWebhookUrl: null,
      touchWebhookUrl: null,
      secret: "s",
      allowPrivateTargets: false,
    },
    { timeouts },
  );
  const channel = channels.get("email");
  if (!channel) throw new Error("there is no mail channel");
  open.push(channel);
  return channel;
}

const MESSAGE =
  "subject: Hi {{ contact.name }} 🎉\n\nSee [this](https://a.test/1), {{ contact.name }}.";

function write(
  channel: Channel,
  name = "Ada",
  receiver = "ada@acme.test",
  source = MESSAGE,
): Dispatch {
  const scene = sampleScene(source, { contact: { ...SAMPLE_CONTACT, name } });
  return dispatchOf({ channel, receiver }, channel.render(scene, SAMPLE_LINKS));
}

async function receive(channel: Channel, dispatch: Dispatch): Promise<ReceivedMail> {
  expect(await channel.send(dispatch)).toEqual({ kind: "sent" });
  const mail = server.inbox.at(-1);
  if (!mail) throw new Error("nothing arrived");
  return mail;
}

function header(mail: ReceivedMail, name: string): string | undefined {
  const found = headersOf(mail).filter((line) => line.toLowerCase().startsWith(`${name}:`));
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0]?.slice(name.length + 1).trim();
}

test("a mail carries all that mail programs and providers look for", async () => {
  const channel = email();
  const dispatch = write(channel, "ليلى 🎉 حداد");
  const mail = await receive(channel, dispatch);
  expect(mail.from).toBe(`bounce+${dispatch.id}@northwind.test`);
  expect(mail.to).toEqual(["ada@acme.test"]);
  expect(mail.parsed.messageId).toBe(dispatch.messageId);
  expect(mail.parsed.subject).toBe("Hi ليلى 🎉 حداد 🎉");
  expect(mail.parsed.from?.value).toEqual([
    { name: "Northwind Erfolg", address: "success@northwind.test" },
  ]);
  expect(mail.parsed.to).toMatchObject({
    value: [{ name: "ليلى 🎉 حداد", address: "ada@acme.test" }],
  });
  expect(mail.parsed.replyTo?.value).toEqual([
    { name: "Ann Owens", address: "ann@northwind.test" },
  ]);
  expect(mail.parsed.date).toEqual(new Date(dispatch.at));
  expect(header(mail, "list-unsubscribe")).toBe("<https://cs.northwind.test/u/token>");
  expect(header(mail, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  expect(header(mail, "auto-submitted")).toBe("auto-generated");
  expect(header(mail, "feedback-id")).toBe("onboarding:welcome:email:touchstone");
  // all of the head is 7-bit, no line is too long, and plain text comes before HTML
  const head = mail.raw.slice(0, mail.raw.indexOf("\r\n\r\n"));
  expect(/[^\t\r\n -~]/.test(head)).toBe(false);
  expect(Math.max(...mail.raw.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
  expect(header(mail, "content-type")).toMatch(/^multipart\/alternative/);
  expect(mail.raw.indexOf("Content-Type: text/plain")).toBeLessThan(
    mail.raw.indexOf("Content-Type: text/html"),
  );
  expect(mail.parsed.text).toContain("See this <https://cs.northwind.test/c/0>, ليلى 🎉 حداد.");
});

test.each([
  "Ada\r\nBcc: all@evil.test",
  "Ada\nSubject: other\n\nbody",
  'Ada" <evil@evil.test>, "B',
  "evil@evil.test,",
  "=?utf-8?q?Bcc=3A?=",
  "\u202Eada\u0000",
])("a contact called %j adds no header and no receiver", async (name) => {
  const channel = email();
  const mail = await receive(channel, write(channel, name));
  expect(mail.to).toEqual(["ada@acme.test"]);
  expect(mail.parsed.cc).toBeUndefined();
  expect(mail.parsed.bcc).toBeUndefined();
  expect(header(mail, "bcc")).toBeUndefined();
  expect(header(mail, "subject")).toBeDefined();
  const to = mail.parsed.to;
  const addresses = (Array.isArray(to) ? to : [to]).flatMap((one) => one?.value ?? []);
  expect(addresses.map(({ address }) => address)).toEqual(["ada@acme.test"]);
});

test.each([
  "ada@acme.test, bo@acme.test",
  "ada@acme.test\r\nRCPT TO:<bo@acme.test>",
  "Ada <ada@acme.test>",
  "ada",
  "",
])("%j is no address to write to", async (receiver) => {
  const channel = email();
  expect(await channel.send(write(channel, "Ada", receiver))).toMatchObject({
    kind: "permanent",
    bounced: true,
  });
  expect(server.attempts).toBe(0);
});

test("what must be said has no way to unsubscribe", async () => {
  const channel = email();
  const scene = sampleScene(MESSAGE, { touch: { purpose: "transactional" } });
  const mail = await receive(
    channel,
    dispatchOf({ channel, receiver: "ada@acme.test" }, channel.render(scene, SAMPLE_LINKS)),
  );
  expect(header(mail, "list-unsubscribe")).toBeUndefined();
  expect(header(mail, "list-unsubscribe-post")).toBeUndefined();
});

// ---- DKIM

test("the signature covers the one-click header, and verifies", async () => {
  const channel = email(server.url, keyFile);
  const mail = await receive(channel, write(channel, "Zoë 🎉"));
  const tags = tagsOf(header(mail, "dkim-signature") ?? "");
  expect(tags.get("d")).toBe("northwind.test");
  expect(tags.get("s")).toBe("spring");
  const names = (tags.get("h") ?? "").toLowerCase().split(":");
  expect(names).toEqual(
    expect.arrayContaining(["from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post"]),
  );
  expect(verifies(mail, key.publicKey)).toBe(true);
  expect(
    verifies(
      {
        ...mail,
        raw: mail.raw.replace("List-Unsubscribe=One-Click", "List-Unsubscribe=Two-Click"),
      },
      key.publicKey,
    ),
  ).toBe(false);
  expect(verifies({ ...mail, raw: `${mail.raw}more\r\n` }, key.publicKey)).toBe(false);
});

test("a key that cannot be used is named", () => {
  expect(email(server.url, join(folder, "none.pem")).missing).toMatch(
    /^DKIM_KEY_FILE .*none\.pem cannot be used/,
  );
});

// ---- what may go wrong

test.each([
  [{ at: "connect", code: 421 }, { kind: "temporary" }],
  [{ at: "connect", code: 554 }, { kind: "temporary" }],
  [{ at: "mail", code: 451 }, { kind: "temporary" }],
  [
    { at: "mail", code: 550, text: "5.4.5 daily limit" },
    { kind: "temporary", error: expect.stringContaining("refused the sender") as string },
  ],
  [{ at: "rcpt", code: 450 }, { kind: "temporary" }],
  [
    { at: "rcpt", code: 550, text: "5.1.1 no such user" },
    { kind: "permanent", bounced: true },
  ],
  [
    { at: "rcpt", code: 550, text: "5.7.1 we do not want your mail" },
    { kind: "permanent", bounced: false },
  ],
  [{ at: "data", code: 452 }, { kind: "temporary" }],
  [
    { at: "data", code: 554, text: "5.6.0 spam" },
    { kind: "permanent", bounced: false },
  ],
  [{ at: "drop-after-data" }, { kind: "uncertain" }],
  [{ at: "hang-after-data" }, { kind: "uncertain" }],
  [{ at: "hang-at-rcpt" }, { kind: "temporary" }],
] as const)("%o is %o", async (misbehaves, expected) => {
  const isSilent = misbehaves.at.startsWith("hang");
  const channel = email(server.url, null, isSilent ? IMPATIENT : PATIENT);
  server.misbehaves = misbehaves;
  expect(await channel.send(write(channel))).toMatchObject(expected);
  expect(server.attempts).toBeLessThanOrEqual(1);
  // and the channel goes on afterwards
  server.misbehaves = null;
  expect(await channel.send(write(channel))).toEqual({ kind: "sent" });
  expect(server.inbox).toHaveLength(1);
});

test("a server that is not there, or says nothing, is trouble of the moment", async () => {
  const silent = net.createServer();
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as net.AddressInfo;
  const waiting = email(`smtp://127.0.0.1:${port}`, null, IMPATIENT);
  expect(await waiting.send(write(waiting))).toMatchObject({ kind: "temporary" });
  await new Promise((resolve) => silent.close(resolve));
  const refused = email(`smtp://127.0.0.1:${port}`);
  expect(await refused.send(write(refused))).toMatchObject({
    kind: "temporary",
    error: expect.stringContaining("cannot be used") as string,
  });
});

test.each([
  ["hang-at-rcpt", "temporary"],
  ["hang-after-data", "uncertain"],
] as const)("its whole time is limited: %s is %s", async (at, kind) => {
  const channel = email(server.url, null, { ...PATIENT, whole: 3_000, turn: 200 });
  server.misbehaves = { at };
  const results = await Promise.all(Array.from({ length: 8 }, () => channel.send(write(channel))));
  const kinds = results.map((result) => result.kind);
  // five connections; whoever had no turn was not handed over
  expect(kinds.filter((one) => one === kind)).toHaveLength(kind === "temporary" ? 8 : 5);
  expect(new Set(kinds)).toEqual(new Set([kind, "temporary"]));
  expect(server.attempts).toBe(5);
});

test("a refused login is tried again, and says what it is", async () => {
  const strict = await MailServer.start({
    authOptional: false,
    onAuth: (auth, _, done) =>
      auth.username === "me" && auth.password === "p@ss"
        ? done(null, { user: "me" })
        : done(new Error("no")),
  });
  const wrong = email(`smtp://me:wrong@127.0.0.1:${strict.port}`);
  expect(await wrong.send(write(wrong))).toMatchObject({
    kind: "temporary",
    error: expect.stringContaining("refused the login") as string,
  });
  const right = email(`smtp://me:p%40ss@127.0.0.1:${strict.port}`);
  expect(await right.send(write(right))).toEqual({ kind: "sent" });
  await right.close();
  await strict.stop();
});

test("a session that the server ended while idle is replaced, and nothing goes out twice", async () => {
  const channel = email();
  await receive(channel, write(channel));
  server.endSessions();
  expect(await channel.send(write(channel))).toEqual({ kind: "sent" });
  // also when it ends in the very moment of its use
  server.misbehaves = { at: "drop-at-mail-once" };
  expect(await channel.send(write(channel))).toEqual({ kind: "sent" });
  expect(server.inbox).toHaveLength(3);
  expect(server.attempts).toBe(4);
});

test("two thousand links arrive whole", async () => {
  const channel = email();
  const body = Array.from({ length: 2000 }, (_, n) => `[link ${n}](https://a.test/${n})`).join(
    "\n\n",
  );
  const mail = await receive(
    channel,
    write(channel, "Ada", "ada@acme.test", `subject: x\n\n${body}`),
  );
  expect(String(mail.parsed.html).match(/cs\.northwind\.test\/c\/\d+"/g)).toHaveLength(2000);
});

test.each([
  [null, "SMTP_URL is not set"],
  ["localhost:25", "SMTP_URL is no address like smtp://user:password@host:587"],
])("SMTP_URL %j: %s", (smtpUrl, missing) => {
  const channels = openChannels({
    smtpUrl,
    mailFrom: null,
    mailPostalAddress: null,
    dkimKeyFile: null,
    slackWebhookUrl: null,
    touchWebhookUrl: null,
    secret: "s",
    allowPrivateTargets: false,
  });
  expect(channels.get("email")?.missing).toBe(missing);
});
