import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { UsageError } from "../cli-error.ts";
import { describeSettings } from "./describe-settings.ts";
import { readSettings, requireSettings } from "./read-settings.ts";
import { fileKey, SETTINGS } from "./setting-list.ts";

const folder = mkdtempSync(join(tmpdir(), "touchstone settings "));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
function file(text: string): string {
  const path = join(folder, `${(files += 1)}.yaml`);
  writeFileSync(path, text);
  return path;
}
const NO_FILE = join(folder, "none.yaml");

test("the environment goes before the file, and both say where a value comes from", () => {
  const config = file("public_url: https://a.example/\nmail_from: a@example.com\nsend: false\n");
  const { values, sources, problems } = readSettings(
    { MAIL_FROM: "b@example.com", TOUCHSTONE_SECRET: "12345678" },
    config,
  );
  expect(problems).toEqual([]);
  expect(values).toEqual({
    publicUrl: "https://a.example",
    mailFrom: "b@example.com",
    send: false,
    secret: "12345678",
  });
  expect(sources).toEqual({
    publicUrl: config,
    mailFrom: "the environment",
    send: config,
    secret: "the environment",
  });
});

test("names are taken in the file as in the environment, and lists as lists", () => {
  const config = file(
    "TOUCHSTONE_SETTLE_AFTER: 2h\nallowed_origins: [https://a.example, 'https://b.example/']\n",
  );
  expect(readSettings({}, config).values).toEqual({
    settleAfter: 7_200_000,
    allowedOrigins: ["https://a.example", "https://b.example"],
  });
});

test("a secret in the file is refused whatever its name is written like, and not repeated", () => {
  const config = file("smtp_url: smtp://u:hunter2@mail\nTOUCHSTONE_SECRET: hunter2hunter2\n");
  const { values, problems } = readSettings({}, config);
  expect(values).toEqual({});
  expect(problems).toEqual([
    `${config}: \`smtp_url\` is a secret and must not stand in a file; set SMTP_URL in the environment.`,
    `${config}: \`TOUCHSTONE_SECRET\` is a secret and must not stand in a file; set TOUCHSTONE_SECRET in the environment.`,
  ]);
});

test.each([
  ["TOUCHSTONE_PUBLIC_URL", "example.com", "https://touch.example.com"],
  ["TOUCHSTONE_PUBLIC_URL", "https://example.com/?a=1", "https://touch.example.com"],
  ["TOUCHSTONE_SEND", "maybe", "true or false"],
  ["TOUCHSTONE_SETTLE_AFTER", "10", "as 90s"],
  ["SMTP_URL", "mail.example.com:25", "smtp:// or smtps://"],
  ["MAIL_FROM", "nobody", "an address"],
  ["MAIL_FROM", "a@b.c\nBcc: x@y.z", "an address"],
  ["DKIM_KEY_FILE", "/nowhere/key.pem", "a file that is there"],
  ["TOUCHSTONE_ALLOWED_ORIGINS", "https://a.example/path", "origins"],
  ["TOUCHSTONE_UNCERTAIN", "retry", "assume_sent or resend"],
  ["TOUCHSTONE_SECRET", "short", "at least 8"],
  ["DATABASE_URL", "mysql://x", "postgres:// or postgresql://"],
])("%s=%s is refused with what was expected", (name, value, expected) => {
  const { values, problems } = readSettings({ [name]: value }, NO_FILE);
  expect(values).toEqual({});
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(name);
  expect(problems[0]).toContain(expected);
});

test("a bad secret is not repeated in the message", () => {
  const { problems } = readSettings({ SMTP_URL: "http://u:hunter2@mail" }, NO_FILE);
  expect(problems[0]).not.toContain("hunter2");
});

test("an unknown name is told with the one that was meant; no YAML is told as such", () => {
  expect(readSettings({}, file("public_ulr: https://a.example")).problems[0]).toContain(
    "did you mean `public_url`?",
  );
  expect(readSettings({}, file("a: [")).problems[0]).toContain("is no YAML");
  expect(readSettings({}, file("- a")).problems[0]).toContain("settings with their names");
  expect(readSettings({}, file("# nothing yet")).problems).toEqual([]);
});

test("whoever needs them all gets every problem at once", () => {
  const config = file("send: maybe\nnothing: 1\n");
  const all = (): unknown => requireSettings({ TOUCHSTONE_CONFIG: config, MAIL_FROM: "x" });
  expect(all).toThrow(UsageError);
  for (const name of ["nothing", "send", "MAIL_FROM"]) expect(all).toThrow(name);
  expect(requireSettings({ TOUCHSTONE_CONFIG: NO_FILE }).values).toEqual({});
});

test("doctor shows each setting with its source, and never a secret", () => {
  const read = readSettings({ SMTP_URL: "smtp://u:hunter2@mail", TOUCHSTONE_SEND: "no" }, NO_FILE);
  const checks = describeSettings(read);
  const set = ["TOUCHSTONE_SEND", "SMTP_URL"];
  expect(checks.map(({ name }) => name)).toEqual([...set, "settings not set", "mail"]);
  expect(checks.find(({ name }) => name === "settings not set")?.value.split(", ")).toEqual(
    Object.values(SETTINGS)
      .map(({ env }) => env)
      .filter((env) => !set.includes(env)),
  );
  expect(JSON.stringify(checks)).not.toContain("hunter2");
  expect(checks).toContainEqual({
    name: "TOUCHSTONE_SEND",
    ok: true,
    value: "false (the environment)",
  });
  expect(checks).toContainEqual({ name: "SMTP_URL", ok: true, value: "set (the environment)" });
  expect(checks.at(-1)).toMatchObject({
    ok: false,
    value: "SMTP_URL is set and MAIL_FROM is not: mails wait",
  });
});

test("the guide lists every setting, by both its names", () => {
  const guide = readFileSync(new URL("../../../docs/guides/serving.md", import.meta.url), "utf8");
  const listed = [...guide.matchAll(/^\| `([A-Z_]+)` \| (?:`([a-z_]+)`|never) \|/gm)];
  expect(listed.map((match) => [match[1], match[2]])).toEqual(
    Object.values(SETTINGS).map(({ env, secret }) => [env, secret ? undefined : fileKey(env)]),
  );
});
