import { NotSo } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { paint, print, printJson } from "../output.ts";

export const doctor: Define = (program) => {
  withStore(
    withJson(program.command("doctor").description("check the set-up, and say what to mend")),
  ).action(async (options: StoreOptions & { json?: boolean }) => {
    const { examine } = await import("../../engine/examine.ts");
    const { describeSettings } = await import("../settings/describe-settings.ts");
    const { readSettings } = await import("../settings/read-settings.ts");
    const settings = [...settingLines(options), ...describeSettings(readSettings(process.env))];
    const checks = await withContext(options, async (context) => [
      ...settings,
      ...(await examine(context)),
    ]);
    if (options.json) printJson({ ok: checks.every(({ ok }) => ok), checks });
    else {
      for (const { name, ok, value, mend } of checks) {
        print(
          `${ok ? paint("green", "ok  ") : paint("red", "MEND")}  ${name}: ${value}${mend === undefined || ok ? "" : `\n        ${mend}`}`,
        );
      }
    }
    if (!checks.every(({ ok }) => ok)) throw new NotSo();
  });
};

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly value: string;
  readonly mend?: string;
}

/** Each setting with where it comes from; never a password. */
function settingLines(options: StoreOptions): Check[] {
  const version = process.versions.node;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNewEnough = major > 20 || (major === 20 && minor >= 19);
  const where =
    options.data !== undefined
      ? "--data"
      : options.database !== undefined
        ? "--database"
        : process.env["DATABASE_URL"]
          ? "DATABASE_URL"
          : process.env["TOUCHSTONE_DATA"]
            ? "TOUCHSTONE_DATA"
            : "the default";
  return [
    { name: "Node.js", ok: isNewEnough, value: version, mend: "Install Node.js 20.19 or newer." },
    { name: "data is kept where", ok: true, value: `${where} says` },
  ];
}
