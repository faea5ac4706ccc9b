import { join } from "node:path";
import { UsageError } from "../cli-error.ts";
import type { Define } from "../command.ts";
import type { EngineContext } from "../../engine/context.ts";
import type { Store } from "../../engine/ports.ts";
import { clock, whoIsThere } from "../compose.ts";
import { loadImport } from "../compose-import.ts";
import type { ModelFiles } from "../../engine/check-model.ts";
import { readModelFiles, readScenarioTexts } from "../model-files.ts";
import { note, paint, print, progressBar } from "../output.ts";
import { examplesFolder, templatesFolder } from "../package-folder.ts";
import { portOption } from "../read-options.ts";
import { counted, list } from "../render/words.ts";
import type { SettingValues } from "../settings/setting-list.ts";

export const DEMO_FOLDER = "./touchstone-demo";

interface Options {
  readonly template: string;
  readonly data?: string;
  readonly database?: string;
  readonly port: string;
  readonly serve: boolean;
}

export const demo: Define = (program) => {
  program
    .command("demo")
    .description(
      "load the sample book of 600 accounts into ./touchstone-demo, decide its last 90 days, show it, and serve it in a dry run",
    )
    .option("--template <name>", "decide by this template", "four-tiers-hybrid")
    .option("--data <dir>", `another folder (default: ${DEMO_FOLDER})`)
    .option("--database <url>", "a Postgres server instead")
    .option("--port <port>", "where to serve it; 0: any port that is free", "4600")
    .option("--no-serve", "only load and show it")
    .action(async (options: Options) => {
      const port = portOption(options.port);
      const folder = join(templatesFolder(), options.template);
      const files = await readModelFiles(folder);
      if (!files)
        throw new UsageError(
          `there is no template \`${options.template}\``,
          "`touchstone init --list` lists them.",
        );
      // never the default folder, and never the server of the environment: it holds real data
      const { database, data = DEMO_FOLDER } = options;
      const place = database === undefined ? { data } : { database };
      const { openOwnStore, settingValues } = await import("../compose-serve.ts");
      const values = settingValues();
      const store = await openOwnStore(place, values);
      try {
        // what is due waits for the server, which lets nothing leave: nothing is held
        const context = { store, clock, actor: whoIsThere(), delivers: true };
        await show(context, files, placeOption(options));
        const { keepScenarios } = await import("../../engine/drafts/scenarios.ts");
        await keepScenarios(context, await readScenarioTexts(folder));
        if (options.serve) await serveDemo(store, values, port);
      } finally {
        await store.close();
      }
      if (!options.serve) return;
      const { leave } = await import("../until-stopped.ts");
      await leave();
    });
};

function placeOption({ database, data = DEMO_FOLDER }: Options): string {
  return database === undefined ? `--data ${data}` : "--database URL";
}

async function show(context: EngineContext, files: ModelFiles, place: string): Promise<void> {
  const live = await context.store.models.live();
  if (!live) await load(context);
  const { applyModel } = await import("../../engine/apply-model.ts");
  const bar = progressBar("deciding");
  await applyModel(context, files, { progress: bar, reason: "demo" });
  bar.end();
  const { overview } = await import("../../engine/overview.ts");
  const { tellOverview } = await import("../render/tell-overview.ts");
  const picture = await overview(context);
  print(tellOverview(picture));
  print(`\n${next(picture.inNeed[0]?.id, place)}\n`);
}

/** Everything happens and nothing leaves: sample customers have addresses, too. */
async function serveDemo(store: Store, values: SettingValues, port: number): Promise<void> {
  const { startServer } = await import("../compose-serve.ts");
  const { tellServed } = await import("../render/tell-served.ts");
  const { untilStopped } = await import("../until-stopped.ts");
  // somebody reads along: what goes as it should is no line of theirs
  const quiet = { ...values, logLevel: values.logLevel ?? ("warn" as const) };
  const served = await startServer(store, quiet, {
    place: { host: "127.0.0.1", port },
    send: false,
    behindProxy: false,
    signInLink: "always",
  });
  await untilStopped(
    () => tellServed(served, store, { json: false, values }),
    () => served.stop(),
  );
}

async function load(context: EngineContext): Promise<void> {
  const { openImport } = await loadImport();
  const { importData } = await import("../../engine/import-data.ts");
  const file = join(examplesFolder(), "saasguard", "saasguard.import.yaml");
  note(
    "Loading the sample book (SaaSGuard's simulator, MIT; see examples/saasguard/SOURCE.md) ...",
  );
  const bars: { end(): void }[] = [];
  let rejected = 0;
  const report = await importData(context, {
    source: "demo",
    open: (wanted) => openImport(file, wanted),
    dryRun: false,
    onReject: () => {
      rejected += 1;
    },
    progress: (statement) => {
      bars.at(-1)?.end();
      const bar = progressBar(`importing ${statement}`);
      bars.push(bar);
      return bar;
    },
  });
  bars.at(-1)?.end();
  const { accounts, contacts, events } = await context.store.accounts.counts();
  const loaded = list([
    counted(accounts, "account"),
    counted(contacts, "contact"),
    counted(events, "event"),
    counted((await context.store.team.list()).length, "CSM"),
  ]);
  note(
    `Loaded ${loaded}${rejected > 0 ? `; ${counted(rejected, "row")} rejected` : ""}. Dates were moved by ${report.shiftDays ?? 0} days so that the last event was yesterday.`,
  );
  note("Deciding its last 90 days, one by one ...");
}

function next(account: string | undefined, data: string): string {
  const id = account ?? "ACCOUNT";
  return [
    `${paint("bold", "What to try next")} (in another terminal; the server answers while it runs)`,
    `  npx touchstone explain ${id} ${data}`,
    `  npx touchstone accounts ${data} --where 'level == "high" && health < 50' --sort health`,
    `  npx touchstone touches ${data} --account ${id}`,
    `  npx touchstone facts ${data}`,
    "  npx touchstone test templates/four-tiers-hybrid",
    "  npx touchstone init my-model --template high-low-by-goal",
  ].join("\n");
}
