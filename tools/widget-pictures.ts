// Pictures of the widget for the docs: `node --import tsx tools/widget-pictures.ts` writes
// docs/images/widget-*.png; with a folder, every kind in light and dark, on a phone and a desktop.
import * as esbuild from "esbuild";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../spec/browser/launch-browser.ts";
import type { InAppKind, InAppMessage } from "../src/core/in-app/types.ts";
import { widgetWords } from "../src/engine/in-app/widget-words.ts";
import { buildWidget } from "./build-widget.mjs";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

const BASE: Omit<InAppMessage, "show" | "title"> = {
  id: "1",
  body: [],
  selector: null,
  button: null,
  link: null,
  items: [],
  lang: "en",
  dir: "ltr",
  words: widgetWords("en"),
  seen: true,
};

const p = (...parts: InAppMessage["body"]) => ({ tag: "p", parts }) as const;
const strong = (text: string) => ({ tag: "strong", parts: [text] }) as const;

const MESSAGES: Readonly<Record<InAppKind, InAppMessage>> = {
  banner: {
    ...BASE,
    show: "banner",
    title: "Your plan is nearly used up",
    body: [p("You have made ", strong("9,214 of 10,000"), " calls this month.")],
    button: "See the plans",
  },
  modal: {
    ...BASE,
    show: "modal",
    title: "Let this run by itself",
    body: [
      p("You started your last six checks by hand. Schedule one, and you hear of it only when:"),
      {
        tag: "ul",
        parts: [
          { tag: "li", parts: ["something is off,"] },
          { tag: "li", parts: ["a system cannot be reached."] },
        ],
      },
    ],
    button: "Schedule a run",
  },
  checklist: {
    ...BASE,
    show: "checklist",
    title: "Three steps to your first report",
    body: [p("Most teams need a quarter of an hour.")],
    items: [
      { text: "Connect your first system", link: null, done: true },
      { text: "Invite a colleague", link: "/people", done: false },
      { text: "Publish a report", link: "/reports", done: false },
    ],
  },
  tooltip: {
    ...BASE,
    show: "tooltip",
    title: "Export lives here now",
    body: [p("As CSV, as Excel, or straight to your warehouse.")],
    button: "Try it",
    selector: "#export",
  },
  celebration: {
    ...BASE,
    show: "celebration",
    title: "Your first report is out",
    body: [p("Twelve people can read it. That is how the best of your peers began.")],
    button: "Share it further",
  },
};

const PAGE = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>App</title>
<style>
  body { margin: 0; font: 15px/1.5 "Open Sans", sans-serif; color: #29313d; background: #f4f6f9 }
  header { padding: 14px 24px; background: #fff; border-bottom: 1px solid #dde2ea; font-weight: 600 }
  main { padding: 24px; max-width: 900px; margin: auto }
  .row { display: flex; justify-content: space-between; align-items: center }
  button { font: inherit; padding: 6px 14px; border: 1px solid #b9c2d0; border-radius: 6px; background: #fff; color: inherit }
  .box { margin-top: 16px; padding: 18px; background: #fff; border: 1px solid #dde2ea; border-radius: 8px }
  .bar { height: 10px; margin: 14px 0; border-radius: 5px; background: #e3e8f0 }
  @media (prefers-color-scheme: dark) {
    body { background: #12161e; color: #cdd5e1 } header, .box, button { background: #191f29; border-color: #2d3543 } .bar { background: #2d3543 }
  }
</style>
<header>Warehouse</header><main><div class="row"><h2>Reports</h2><button id="export">Export</button></div>
<div class="box"><div class="bar"></div><div class="bar"></div><div class="bar"></div></div>
<div class="box"><div class="bar"></div><div class="bar"></div></div></main>
<script src="https://touchstone.example/widget.js" data-key="k" data-user="u" data-token="t" async></script>`;

interface Picture {
  readonly kind: InAppKind;
  readonly scheme: "light" | "dark";
  readonly width: number;
  readonly height: number;
  readonly file: string;
}

const script = await buildWidget(esbuild, ROOT);
const folder = process.argv[2];
const browser = await launchBrowser();
try {
  for (const picture of folder === undefined ? forDocs() : all(resolve(folder))) {
    await take(browser, picture);
    process.stdout.write(`${picture.file}\n`);
  }
} finally {
  await browser.close();
}

function forDocs(): readonly Picture[] {
  const schemes = {
    banner: "light",
    modal: "dark",
    checklist: "light",
    tooltip: "light",
    celebration: "dark",
  } as const;
  return kinds().map((kind) => ({
    kind,
    scheme: schemes[kind],
    width: 720,
    height: 420,
    file: join(ROOT, "docs", "images", `widget-${kind}.png`),
  }));
}

function all(to: string): readonly Picture[] {
  return kinds().flatMap((kind) =>
    (["light", "dark"] as const).flatMap((scheme) => [
      { kind, scheme, width: 1200, height: 720, file: join(to, `${kind}-${scheme}-desktop.png`) },
      { kind, scheme, width: 375, height: 667, file: join(to, `${kind}-${scheme}-phone.png`) },
    ]),
  );
}

function kinds(): readonly InAppKind[] {
  return Object.keys(MESSAGES) as InAppKind[];
}

/** Everything the page asks for is answered here: nothing leaves the machine. */
async function take(from: Browser, { kind, scheme, width, height, file }: Picture): Promise<void> {
  const context = await from.newContext({ colorScheme: scheme, viewport: { width, height } });
  try {
    const page = await context.newPage();
    await serve(page, MESSAGES[kind]);
    await page.goto("https://app.example/");
    await page.locator(".card").waitFor();
    // the card has come in, and the confetti is in the air
    await page.waitForTimeout(kind === "celebration" ? 1_400 : 600);
    await page.screenshot({ path: file });
  } finally {
    await context.close();
  }
}

async function serve(page: Page, message: InAppMessage): Promise<void> {
  const cors = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "authorization, if-none-match",
  };
  await page.route("https://app.example/", (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", body: PAGE }),
  );
  await page.route("https://touchstone.example/**", (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript; charset=utf-8", body: script })
      : route.fulfill({ headers: cors, json: { messages: [message] } }),
  );
}
