import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { complaintsOf } from "./customer-site.ts";

const PATIENCE_MS = 90_000;

export interface Visit {
  readonly page: Page;
  /** The message that is shown. */
  readonly card: Locator;
  readonly complaints: readonly string[];
}

/** Opens a page in a browser that knows nothing of earlier ones, lets the test act, and closes it. */
export async function visitPage(
  browser: Browser,
  url: string,
  act: (visit: Visit) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints = complaintsOf(page);
    await page.goto(url);
    await act({ page, card: page.locator(".card"), complaints });
  } finally {
    await context.close();
  }
}

export async function until(check: () => Promise<unknown>, wanted: unknown): Promise<void> {
  await expect.poll(check, { timeout: PATIENCE_MS }).toEqual(wanted);
}
