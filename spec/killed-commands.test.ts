import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/**
 * A machine may stop at any moment. A command that is killed and run again must end where one that
 * was left alone ends: nothing lost, nothing twice.
 */
const KILLS = Number(process.env["TOUCHSTONE_KILLS"] ?? 1);
const ACCOUNTS = 60;
const FIRST_DAY = "2026-03-31T09:00:00Z";
const TEN_DAYS_ON = "2026-04-10T09:00:00Z";
/** All that import and decide write. */
const TABLES = [
  "account",
  "account_trait",
  "account_state",
  "event",
  "event_property",
  "decision",
  "touch",
];

const cli = resolve("dist/cli.js");
const model = resolve("templates/four-tiers-hybrid/model.yaml");
const work = mkdtempSync(join(tmpdir(), "killed-"));
const book = join(work, "book.import.yaml");
const imported = join(work, "imported");
const applied = join(work, "applied");
const decided = join(work, "decided");
const took = { import: 0, decide: 0 };

type Tables = Readonly<Record<string, readonly string[]>>;

beforeAll(() => {
  spawnSync(process.execPath, ["tools/ensure-install.mjs"], { stdio: "inherit" });
  writeBook();
  took.import = run(["import", book], imported, FIRST_DAY);
  cpSync(imported, applied, { recursive: true });
  run(["apply", model, "--yes"], applied, FIRST_DAY);
  cpSync(applied, decided, { recursive: true });
  took.decide = run(["decide"], decided, TEN_DAYS_ON);
});
afterAll(() => rmSync(work, { recursive: true }));

function writeBook(): void {
  const accounts = ["account_id,arr,plan,seats,growth_potential,created_at,renewal_date"];
  const events = ["account_id,user_id,event,happened"];
  for (let one = 0; one < ACCOUNTS; one += 1) {
    const plan = ["free", "starter", "pro", "enterprise"][one % 4];
    const renewal = `2026-${String(1 + ((one * 5) % 12)).padStart(2, "0")}-20`;
    accounts.push(
      `a${one},${(one * 7919) % 200_000},${plan},${10 + one},high,2025-06-15,${renewal}`,
    );
    for (let event = 0; event < 60; event += 1) {
      const day = `2026-0${1 + (event % 3)}-${String(1 + ((event * 3 + one) % 28)).padStart(2, "0")}`;
      events.push(`a${one},u${event % 7},Logged In,${day}T10:00:00Z`);
    }
  }
  writeFileSync(join(work, "accounts.csv"), `${accounts.join("\n")}\n`);
  writeFileSync(join(work, "events.csv"), `${events.join("\n")}\n`);
  writeFileSync(
    book,
    [
      "files: { accounts: accounts.csv, events: events.csv }",
      "accounts: select * from accounts",
      'events: select account_id, user_id, event, happened as "at" from events',
    ].join("\n"),
  );
}

/** Runs a command to its end; answers how long it took, in milliseconds. */
function run(args: readonly string[], data: string, now: string): number {
  const start = Date.now();
  const done = spawnSync(process.execPath, [cli, ...args, "--data", data], {
    env: { ...process.env, TOUCHSTONE_NOW: now },
    encoding: "utf8",
  });
  if (done.status !== 0)
    throw new Error(`${args.join(" ")} ended with ${done.status}:\n${done.stderr}`);
  return Date.now() - start;
}

/** Kills a command after so many milliseconds; answers whether it was still running. */
async function kill(
  args: readonly string[],
  data: string,
  now: string,
  after: number,
): Promise<boolean> {
  const child = spawn(process.execPath, [cli, ...args, "--data", data], {
    env: { ...process.env, TOUCHSTONE_NOW: now },
    stdio: "ignore",
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), after);
  const signal = await new Promise((done) => child.once("close", (_code, how) => done(how)));
  clearTimeout(timer);
  return signal === "SIGKILL";
}

function tablesOf(data: string): Tables {
  const folder = mkdtempSync(join(work, "export-"));
  run(["export", folder], data, TEN_DAYS_ON);
  const tables = TABLES.map((name) => [
    name,
    readFileSync(join(folder, `${name}.csv`), "utf8")
      .split("\n")
      .toSorted(),
  ]);
  rmSync(folder, { recursive: true });
  return Object.fromEntries(tables) as Tables;
}

/** Kills, at a random moment of the command's time, then runs it again and compares. */
async function killAndRunAgain(
  command: "import" | "decide",
  begin: (data: string) => void,
): Promise<number> {
  const args = command === "import" ? ["import", book] : ["decide"];
  const now = command === "import" ? FIRST_DAY : TEN_DAYS_ON;
  const expected = tablesOf(command === "import" ? imported : decided);
  let killed = 0;
  for (let count = 0; count < KILLS; count += 1) {
    const data = join(work, `${command}-${count}`);
    begin(data);
    const after = Math.round(Math.random() * took[command]);
    if (await kill(args, data, now, after)) killed += 1;
    run(args, data, now);
    expect(tablesOf(data), `killed after ${after} ms`).toEqual(expected);
    rmSync(data, { recursive: true });
  }
  return killed;
}

test(`import, killed at random moments (${KILLS} times), ends the same when run again`, async () => {
  const killed = await killAndRunAgain("import", () => undefined);
  process.stdout.write(
    `soak: ${killed} of ${KILLS} runs of import were killed at work, all ended the same\n`,
  );
  const { event, account } = tablesOf(imported);
  expect(event?.length).toBe(ACCOUNTS * 60 + 2);
  expect(account?.length).toBe(ACCOUNTS + 2);
});

test(`decide, killed at random moments (${KILLS} times), ends the same when run again`, async () => {
  const killed = await killAndRunAgain("decide", (data) =>
    cpSync(applied, data, { recursive: true }),
  );
  process.stdout.write(
    `soak: ${killed} of ${KILLS} runs of decide were killed at work, all ended the same\n`,
  );
  expect(tablesOf(decided)).not.toEqual(tablesOf(applied));
});
