import { expect, test } from "vitest";
import { launchBrowser } from "./launch-browser.ts";

test("a browser starts from what npm installed, shows text and has room for two pages", async () => {
  const browser = await launchBrowser();
  try {
    const widths: number[] = [];
    for (const text of ["i", "a rather longer text"]) {
      const page = await browser.newPage();
      await page.setContent(`<span>${text}</span>`);
      widths.push((await page.locator("span").boundingBox())?.width ?? 0);
    }
    expect(widths[0]).toBeGreaterThan(1);
    expect(widths[1]).toBeGreaterThan((widths[0] ?? 0) * 5);
  } finally {
    await browser.close();
  }
});
