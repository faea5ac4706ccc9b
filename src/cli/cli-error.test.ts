import { expect, test } from "vitest";
import { StoreError } from "../store/index.ts";
import { AppError } from "../engine/app-error.ts";
import { tellError, UsageError } from "./cli-error.ts";

function systemError(code: string, path?: string): Error {
  const error = new Error(`${code}: something, open '${path ?? ""}'`);
  return Object.assign(error, { code }, path === undefined ? {} : { path });
}

test("each kind of error has its exit code", () => {
  const codeOf = (error: unknown): number => tellError(error, false).code;
  expect(codeOf(new UsageError("x"))).toBe(2);
  expect(codeOf(new AppError("bad-rule", "x"))).toBe(2);
  expect(codeOf(new AppError("invalid-model", "x"))).toBe(1);
  expect(codeOf(new AppError("no-model", "x"))).toBe(3);
  expect(codeOf(new StoreError("data-folder-in-use", "x", "y"))).toBe(3);
  expect(codeOf(systemError("ENOSPC"))).toBe(3);
  expect(codeOf(new Error("a bug"))).toBe(3);
});

test("what the system says of a file is said in words", () => {
  expect(tellError(systemError("ENOSPC", "/data/x"), false).text).toBe(
    "error: /data/x: the disk is full",
  );
  expect(tellError(systemError("EACCES", "/data/x"), false).text).toBe(
    "error: /data/x: permission denied",
  );
  expect(tellError(systemError("EROFS"), false).text).toBe("error: the disk is read-only");
});

test("an error is told in five lines at most, the next step among them; --debug tells all", () => {
  const long = new AppError(
    "no-model",
    `one\n\ntwo\nthree\nfour\nfive\n${"x".repeat(1000)}`,
    "Do this.",
  );
  const { text } = tellError(long, false);
  expect(text).toBe("error: one\ntwo\nthree ... (--debug shows all)\n  Do this.");
  expect(tellError(long, true).text).toContain("five\nxxx");
  expect(tellError(new AppError("no-model", "y".repeat(1000)), false).text.length).toBeLessThan(
    450,
  );
});

test("a bug shows its stack and cause with --debug, and says so without", () => {
  const bug = new Error("a bug", { cause: new Error("its cause") });
  expect(tellError(bug, false).text).toBe(
    "error: a bug\n  Run it again with --debug for the details.",
  );
  expect(tellError(bug, true).text).toMatch(/\n\s+at [^]*caused by Error: its cause/);
});
