import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Table from "cli-table3";
import { chromiumPlace } from "../spec/browser/launch-browser.ts";
import { openWeb } from "../spec/web/support/open-web.ts";
import { writeResult } from "./write-result.ts";

/** Not in package.json: it brings 160 packages, and only this needs it. */
const LIGHTHOUSE = "lighthouse@12.8.2";
const TURNS = 3;
const KINDS = ["performance", "accessibility", "best-practices"] as const;

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number }>>;
  readonly audits: Readonly<Record<string, { readonly numericValue?: number }>>;
}

interface Figures {
  readonly screen: string;
  /** 0 to 100, the median of the turns. */
  readonly performance: number;
  readonly accessibility: number;
  readonly "best-practices": number;
  /** Milliseconds. */
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly blocked: number;
  /** How far what is shown jumps about: 0 is not at all. */
  readonly shift: number;
}

/** `npm run bench -- lighthouse [DATA]`: Lighthouse (desktop) on the screens that are used most. */
export async function runLighthouse([data]: readonly string[]): Promise<void> {
  // the server works on a copy, which is removed at the end
  const web = await openWeb(data === undefined ? {} : { data: copyOf(data) });
  try {
    const page = await web.open("csm", "/today");
    const [account] = await web.store.reading.accounts({ state: "open", owner: web.csm }, null, 1);
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    await page.context().close();
    const figures: Figures[] = [];
    const [before = 0] = loadavg();
    for (const path of ["/today", "/portfolio", `/accounts/${account?.id ?? ""}`]) {
      const reports: Report[] = [];
      for (let turn = 0; turn < TURNS; turn++) reports.push(await look(web.url + path, cookie));
      figures.push(summary(path.startsWith("/accounts") ? "/accounts/…" : path, reports));
    }
    print(figures);
    const [after = 0] = loadavg();
    const load = { cores: cpus().length, before: rounded(before), after: rounded(after) };
    writeResult("lighthouse", { load, screens: figures });
  } finally {
    await web.close();
  }
}

function copyOf(data: string): string {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-lighthouse-data-"));
  cpSync(data, folder, { recursive: true });
  // whose lock it was does not hold the copy
  rmSync(join(folder, "lock"), { recursive: true, force: true });
  return folder;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

async function look(url: string, cookie: string): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-lighthouse-"));
  const file = join(folder, "report.json");
  const { path, args, env } = await chromiumPlace();
  try {
    const asked = [
      "--yes",
      LIGHTHOUSE,
      url,
      "--quiet",
      "--preset=desktop",
      "--output=json",
      `--output-path=${file}`,
      `--extra-headers=${JSON.stringify({ Cookie: cookie })}`,
      `--only-categories=${KINDS.join(",")}`,
      `--chrome-flags=--headless ${args.join(" ")}`,
    ];
    await promisify(execFile)("npx", asked, { env: { ...env, CHROME_PATH: path } });
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summary(screen: string, reports: readonly Report[]): Figures {
  const middle = (of: (report: Report) => number): number =>
    reports.map(of).sort((a, b) => a - b)[Math.floor(reports.length / 2)] ?? Number.NaN;
  const score = (kind: string): number =>
    Math.round(100 * middle(({ categories }) => categories[kind]?.score ?? Number.NaN));
  const time = (audit: string): number =>
    Math.round(middle(({ audits }) => audits[audit]?.numericValue ?? Number.NaN));
  return {
    screen,
    performance: score("performance"),
    accessibility: score("accessibility"),
    "best-practices": score("best-practices"),
    firstPaint: time("first-contentful-paint"),
    largestPaint: time("largest-contentful-paint"),
    blocked: time("total-blocking-time"),
    shift: rounded(
      middle(({ audits }) => audits["cumulative-layout-shift"]?.numericValue ?? Number.NaN),
    ),
  };
}

function print(figures: readonly Figures[]): void {
  const table = new Table({
    head: ["screen", ...KINDS, "first paint ms", "largest paint ms", "blocked ms", "shift"],
    style: { head: [], border: [] },
  });
  for (const one of figures)
    table.push([
      one.screen,
      ...KINDS.map((kind) => one[kind]),
      one.firstPaint,
      one.largestPaint,
      one.blocked,
      one.shift,
    ]);
  process.stdout.write(`${table.toString()}\n`);
}
