import { expect, test } from "vitest";
import { AppError } from "../engine/app-error.ts";
import { refuseOpenHost } from "./listening.ts";
import { RateLimit } from "./rate-limit.ts";

const PLAIN = { hasTls: false, behindProxy: false };

test.each(["127.0.0.1", "127.9.9.9", "::1", "localhost", "::ffff:127.0.0.1"])(
  "%s is this machine",
  (host) => {
    expect(() => refuseOpenHost({ host }, PLAIN)).not.toThrow();
  },
);

test.each([
  "0.0.0.0",
  "::",
  "192.168.1.10",
  "203.0.113.1",
  "touch.example.com",
  "",
  "localhost.example.com",
])("%s is refused in plain HTTP, and let be over TLS or behind a proxy", (host) => {
  expect(() => refuseOpenHost({ host }, PLAIN)).toThrow(AppError);
  expect(() => refuseOpenHost({ host }, { ...PLAIN, hasTls: true })).not.toThrow();
  expect(() => refuseOpenHost({ host }, { ...PLAIN, behindProxy: true })).not.toThrow();
});

test("a limit counts each by themselves, and anew in each window", () => {
  let now = 1000;
  const limit = new RateLimit(2, 60_000, () => now);
  limit.count("a");
  expect(limit.wait("a")).toBe(0);
  limit.count("a");
  now += 10_000;
  expect(limit.wait("a")).toBe(50);
  expect(limit.wait("b")).toBe(0);
  now += 50_000;
  expect(limit.wait("a")).toBe(0);
  limit.count("a");
  expect(limit.wait("a")).toBe(0);
  // a clock that was set back holds nobody for ever
  limit.count("a");
  now = 0;
  expect(limit.wait("a")).toBe(0);
});
