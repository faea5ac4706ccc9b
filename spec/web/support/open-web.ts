import axe, { type AxeResults, type RunOptions } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { makeSignIn } from "../../../src/engine/access/sign-in.ts";
import type { EngineContext } from "../../../src/engine/context.ts";
import type { Access, BundledFiles, Store } from "../../../src/engine/ports.ts";
import { serve, type Served } from "../../../src/server/compose-serve.ts";
import { TEST_SETTINGS } from "../../../src/engine/testing/settings.ts";
import { launchBrowser } from "../../browser/launch-browser.ts";
import { openBook } from "./open-book.ts";
import { addPeople, addressOf } from "./web-book.ts";

export interface SignInOptions {
  /** A member's address; without it any of the access level: for a CSM the one with most due touches. */
  readonly email?: string;
  readonly scheme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  readonly language?: "en" | "ms";
}

/** What is waited for comes when the machine has time for it. */
const PATIENCE_MS = 90_000;

/** A running server with the web app, on a book of its own, and a browser. */
export interface Web {
  readonly url: string;
  readonly store: Store;
  readonly context: EngineContext;
  readonly browser: Browser;
  /** Signs somebody in and opens a screen: `await web.open("csm", "/today")`. */
  open(access: Access, path: string, options?: SignInOptions): Promise<Page>;
  /** The API as that page's person would ask it. */
  ask(
    page: Page,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }>;
  /** Id of the CSM who signs in by default. */
  readonly csm: string;
  close(): Promise<void>;
}

export interface OpenWebOptions {
  /** A data folder to serve (it is removed at the end); default: the prepared book. `empty`: nothing in it. */
  readonly data?: string;
  /** What comes with the program; default: the real templates and demo. */
  readonly bundled?: BundledFiles;
}

export async function openWeb(options: OpenWebOptions = {}): Promise<Web> {
  const book = await openBook(options.data);
  const { store } = book;
  const context: EngineContext = { store, clock: Date.now, actor: "tests" };
  let served: Served | null = null;
  await addPeople(store);
  const pages: BrowserContext[] = [];
  const [browser, started] = await Promise.all([launchBrowser(), start(store, options.bundled)]);
  served = started;
  const csm = await busiestCsm(store);
  return {
    url: served.url,
    store,
    context,
    browser,
    csm: csm?.id ?? "",
    async open(access, path, how = {}) {
      const email = how.email ?? (access === "csm" ? (csm?.email ?? "") : addressOf(access));
      const { token } = await makeSignIn(context, email);
      const opened = await browser.newContext({
        baseURL: started.url,
        colorScheme: how.scheme ?? "light",
        locale: how.language === "ms" ? "ms-MY" : "en-GB",
        reducedMotion: "reduce",
        viewport: { width: how.width ?? 1440, height: how.height ?? 900 },
      });
      pages.push(opened);
      const signedIn = await opened.request.post("/api/session", { data: { token } });
      if (!signedIn.ok()) throw new Error(`${email} could not sign in: ${await signedIn.text()}`);
      const page = await opened.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(path);
      return page;
    },
    async ask(page, method, path, body) {
      const answer = await page.request.fetch(path, {
        method,
        ...(body === undefined ? {} : { data: body }),
      });
      const text = await answer.text();
      return { status: answer.status(), body: text === "" ? null : (JSON.parse(text) as unknown) };
    },
    async close() {
      await Promise.all(pages.map((one) => one.close()));
      await browser.close();
      await served?.stop();
      await store.close();
      book.remove();
    },
  };
}

function start(store: Store, bundled: BundledFiles | undefined): Promise<Served> {
  return serve({
    store,
    settings: { ...TEST_SETTINGS, send: false },
    place: { host: "127.0.0.1", port: 0 },
    logLevel: "error",
    clock: Date.now,
    version: "0.0.0-test",
    signInLink: "first",
    ...(bundled ? { bundled } : {}),
  });
}

async function busiestCsm(store: Store): Promise<{ id: string; email: string } | null> {
  const counts = new Map<string, number>();
  for (const { owner } of await store.reading.accounts({ state: "open" }, null, 500))
    if (owner !== null) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  const csms = (await store.team.list()).filter(
    (one) => one.access === "csm" && one.email !== null,
  );
  csms.sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0));
  const [first] = csms;
  return first ? { id: first.id, email: first.email ?? "" } : null;
}

/** Without the frames of messages: they run no script, axe's neither, which waits half a minute for each. */
const AXE: RunOptions = { iframes: false, resultTypes: ["violations"] };

/** Nothing serious that a machine can find is wrong for people with disabilities. */
export async function expectAccessible(page: Page, options: RunOptions = {}): Promise<void> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  const run = `axe.run(${JSON.stringify({ ...AXE, ...options })})`;
  const { violations } = await page.evaluate<AxeResults>(run);
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = serious.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 5)
        .map(({ html, failureSummary }) => `  ${html.slice(0, 200)}\n  ${failureSummary ?? ""}`)
        .join("\n")}`,
  );
  if (told.length > 0) throw new Error(`axe finds on ${page.url()}:\n${told.join("\n")}`);
}

/** In the light as it is opened, then in the dark, where only colours differ. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
  // colours go over in a frame of their own
  await page.evaluate(
    "new Promise((on) => requestAnimationFrame(() => requestAnimationFrame(on)))",
  );
  await page.evaluate(
    "Promise.all(document.getAnimations().filter((one) => 'transitionProperty' in one).map((one) => one.finished))",
  );
  await expectAccessible(page, { runOnly: ["color-contrast", "link-in-text-block"] });
  await page.emulateMedia({ colorScheme: "light" });
}
