import { afterEach, expect, test, vi } from "vitest";
import { tellInterrupted } from "./tell-interrupted.ts";

afterEach(() => vi.restoreAllMocks());

test("Ctrl-C ends the command, and counts as that for the shell", () => {
  const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never);
  tellInterrupted("Stopped.");
  expect(exit).not.toHaveBeenCalled();
  process.emit("SIGINT");
  expect(exit).toHaveBeenCalledExactlyOnceWith(130);
});
