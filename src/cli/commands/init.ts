import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UsageError } from "../cli-error.ts";
import type { Define } from "../command.ts";
import { readText } from "../model-files.ts";
import { print, printJson } from "../output.ts";
import { templatesFolder } from "../package-folder.ts";
import { table } from "../render/table.ts";

const DEFAULT_TEMPLATE = "four-tiers-hybrid";

export const init: Define = (program) => {
  program
    .command("init")
    .description("write a touch model, its scenarios, messages and a README to start from")
    .argument("[dir]", "where to; it may not hold a model yet", ".")
    .option("--template <name>", "which of the templates to start from", DEFAULT_TEMPLATE)
    .option("--list", "list the templates")
    .option("--json", "with --list: print one JSON document")
    .action(async (dir: string, options: { template: string; list?: boolean; json?: boolean }) => {
      const templates = await listTemplates();
      if (options.list) {
        if (options.json) printJson({ templates });
        else
          print(
            table(
              [{ head: "template" }, { head: "what it is" }],
              templates.map(({ name, about }) => [name, about]),
            ),
          );
        return;
      }
      await writeTemplate(
        dir,
        options.template,
        templates.map(({ name }) => name),
      );
    });
};

async function listTemplates(): Promise<{ name: string; about: string }[]> {
  const names = (await readdir(templatesFolder(), { withFileTypes: true }))
    .filter((one) => one.isDirectory())
    .map(({ name }) => name);
  return Promise.all(
    names.toSorted().map(async (name) => ({
      name,
      about: modelName((await readText(join(templatesFolder(), name, "model.yaml"))) ?? ""),
    })),
  );
}

/** The model's own `name:` line, which says what it is. */
function modelName(text: string): string {
  return /^name:\s*(.+?)\s*$/m.exec(text)?.[1]?.replace(/^["']|["']$/g, "") ?? "";
}

async function writeTemplate(
  dir: string,
  template: string,
  names: readonly string[],
): Promise<void> {
  if (!names.includes(template)) {
    const { nearest } = await import("../../core/text/nearest.ts");
    const near = nearest(template, names);
    throw new UsageError(
      `there is no template \`${template}\``,
      near === undefined ? `Templates are: ${names.join(", ")}.` : `Did you mean \`${near}\`?`,
    );
  }
  const taken = ["model.yaml", "scenarios.yaml"].map((name) => join(dir, name));
  for (const file of taken) {
    if ((await readText(file)) !== null)
      throw new UsageError(
        `${file} is there already and was not overwritten`,
        "Give another folder: touchstone init DIR.",
      );
  }
  const from = join(templatesFolder(), template);
  const written = await copyFolder(from, dir);
  await pointAtSchema(dir);
  print(`Wrote ${written} files of ${template} to ${resolve(dir)}.`);
  const shown = dir === "." ? "" : `${dir}/`;
  print(
    `Next:\n  touchstone validate ${shown}model.yaml\n  touchstone test ${shown}scenarios.yaml\n  touchstone import accounts FILE.csv\n  touchstone apply ${shown}model.yaml`,
  );
}

async function copyFolder(from: string, to: string): Promise<number> {
  await mkdir(to, { recursive: true });
  let files = 0;
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isDirectory())
      files += await copyFolder(join(from, entry.name), join(to, entry.name));
    else if (!entry.name.endsWith(".test.ts") && (await readText(join(to, entry.name))) === null) {
      await copyFile(join(from, entry.name), join(to, entry.name));
      files += 1;
    }
  }
  return files;
}

/** Editors find the schema beside the model, wherever the folder is. */
async function pointAtSchema(dir: string): Promise<void> {
  const { modelSchema } = await import("../../core/model/index.ts");
  await writeFile(join(dir, "model.schema.json"), `${JSON.stringify(modelSchema(), null, 2)}\n`);
  const model = join(dir, "model.yaml");
  const text = await readFile(model, "utf8");
  await writeFile(model, text.replace(/\$schema=\S+/, "$schema=model.schema.json"));
}
