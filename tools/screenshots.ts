// Pictures of every screen for the docs, light and dark: `npm run screenshots` writes docs/images/app/.
// `npm run screenshots -- --data DIR --out DIR today account` takes some screens of another book.
import { cpSync, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Access } from "../src/engine/ports.ts";
import { openWeb, type OpenWebOptions, type Web } from "../spec/web/support/open-web.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

interface Shot {
  readonly name: string;
  readonly as: Access;
  /** Address; `{account}` and `{touch}` stand for one with much to show. */
  readonly path: string;
  /** Of a book with nothing in it. */
  readonly isEmpty?: true;
}

const SHOTS: readonly Shot[] = [
  { name: "today", as: "csm", path: "/today" },
  { name: "today-call", as: "csm", path: "/today?touch={touch}" },
  { name: "portfolio", as: "leader", path: "/portfolio" },
  { name: "board", as: "leader", path: "/board" },
  { name: "account", as: "csm", path: "/accounts/{account}" },
  { name: "account-timeline", as: "csm", path: "/accounts/{account}?tab=timeline" },
  { name: "account-touches", as: "csm", path: "/accounts/{account}?tab=touches" },
  { name: "account-usage", as: "csm", path: "/accounts/{account}?tab=usage" },
  { name: "overview", as: "leader", path: "/overview" },
  { name: "capacity", as: "leader", path: "/capacity" },
  { name: "model", as: "ops", path: "/model" },
  { name: "model-segments", as: "ops", path: "/model?tab=segments" },
  { name: "model-lifecycle", as: "ops", path: "/model?tab=lifecycle" },
  { name: "model-cadence", as: "ops", path: "/model?tab=cadence" },
  { name: "model-yaml", as: "ops", path: "/model?tab=yaml" },
  { name: "outbox", as: "ops", path: "/outbox" },
  { name: "imports", as: "ops", path: "/imports" },
  { name: "settings", as: "admin", path: "/settings" },
  { name: "welcome", as: "admin", path: "/welcome", isEmpty: true },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string" },
    out: { type: "string" },
    width: { type: "string" },
    language: { type: "string" },
  },
});
const out = resolve(values.out ?? join(ROOT, "docs/images/app"));
mkdirSync(out, { recursive: true });
const wanted = SHOTS.filter(
  ({ name }) => positionals.length === 0 || positionals.some((one) => name.startsWith(one)),
);
if (wanted.length === 0)
  throw new Error(
    `no screen is called ${positionals.join(", ")}; there are ${SHOTS.map(({ name }) => name).join(", ")}`,
  );

const data = values.data === undefined ? {} : { data: copied(values.data) };
await takeAll(
  wanted.filter(({ isEmpty }) => isEmpty !== true),
  data,
);
await takeAll(
  wanted.filter(({ isEmpty }) => isEmpty === true),
  { data: "empty" },
);
process.exit(0);

async function takeAll(shots: readonly Shot[], options: OpenWebOptions): Promise<void> {
  if (shots.length === 0) return;
  const web = await openWeb(options);
  try {
    const names = options.data === "empty" ? {} : await examples(web);
    for (const scheme of ["light", "dark"] as const)
      for (const shot of shots) await take(web, shot, scheme, names);
  } finally {
    await web.close();
  }
}

function copied(folder: string): string {
  if (!existsSync(folder)) throw new Error(`${folder} is not there`);
  const own = mkdtempSync(join(tmpdir(), "touchstone-shots-"));
  cpSync(folder, own, { recursive: true });
  return own;
}

/** An account and a touch of the CSM with much to show. */
async function examples({ store, csm }: Web): Promise<Readonly<Record<string, string>>> {
  const touches = await store.reading.touches(
    { owner: csm, human: true, statuses: ["due"] },
    null,
    200,
  );
  const first = touches[0]?.touch;
  if (!first) {
    throw new Error(
      "nobody has a touch to do today in this book: give --data FOLDER, such as that of `touchstone demo --no-serve`",
    );
  }
  return { account: first.account, touch: first.id };
}

async function take(
  web: Web,
  shot: Shot,
  scheme: "light" | "dark",
  names: Readonly<Record<string, string>>,
): Promise<void> {
  const path = shot.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(names[name] ?? ""),
  );
  const page = await web.open(shot.as, path, {
    scheme,
    width: Number(values.width ?? 1440),
    height: 900,
    ...(values.language === "ms" ? { language: "ms" as const } : {}),
  });
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("load");
  // all that was asked has come, and nothing is being drawn any more
  while ((await page.locator(".mantine-Skeleton-root:visible").count()) > 0)
    await page.waitForTimeout(100);
  await page.evaluate("document.fonts.ready.then(() => true)");
  await page.waitForTimeout(2_000);
  await page.screenshot({ path: join(out, `${shot.name}-${scheme}.png`) });
  process.stdout.write(`${shot.name}-${scheme}.png\n`);
  await page.context().close();
}
