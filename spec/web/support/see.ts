import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** What somebody sees sooner or later: each waits until it is so. */
export function see(what: Locator) {
  const text = async (): Promise<string> => (await what.textContent()) ?? "";
  return {
    async isThere(): Promise<void> {
      await what.waitFor({ state: "visible" });
    },
    async isGone(): Promise<void> {
      await what.waitFor({ state: "hidden" });
    },
    async counts(count: number): Promise<void> {
      await expect.poll(() => what.count()).toBe(count);
    },
    async reads(exactly: string): Promise<void> {
      await expect.poll(text).toBe(exactly);
    },
    async tells(part: string | RegExp): Promise<void> {
      await expect.poll(text).toMatch(part);
    },
    async hasFocus(): Promise<void> {
      await expect.poll(() => what.and(what.page().locator(":focus")).count()).toBe(1);
    },
  };
}

/** The address says it, or no longer. */
export function address(page: Page) {
  return {
    async tells(part: RegExp): Promise<void> {
      await expect.poll(() => page.url()).toMatch(part);
    },
    async tellsNo(part: RegExp): Promise<void> {
      await expect.poll(() => page.url()).not.toMatch(part);
    },
  };
}
