import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BundledFiles, BundledTemplate } from "../engine/ports.ts";
import { loadImport } from "./compose-import.ts";

const DEMO_TEMPLATE = "four-tiers-hybrid";
const DEMO_IMPORT = join("examples", "saasguard", "saasguard.import.yaml");

/** The templates and the sample book as they come with the program, from its own folder. */
export function bundledFiles(folder: string = packageFolder()): BundledFiles {
  const templates = join(folder, "templates");
  return {
    async templates() {
      const found = await readdir(templates, { withFileTypes: true });
      return found
        .filter((one) => one.isDirectory() && existsSync(join(templates, one.name, "model.yaml")))
        .map(({ name }) => name)
        .toSorted();
    },
    async template(name) {
      // asked for by anybody: no way out of the folder
      if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) return null;
      const own = join(templates, name);
      return existsSync(join(own, "model.yaml")) ? readTemplate(own) : null;
    },
    demo: {
      template: DEMO_TEMPLATE,
      open: async (options) => {
        const { openImport } = await loadImport();
        return openImport(join(folder, DEMO_IMPORT), options);
      },
    },
  };
}

async function readTemplate(folder: string): Promise<BundledTemplate> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8");
  const names = existsSync(join(folder, "messages"))
    ? (await readdir(join(folder, "messages"))).filter((one) => one.endsWith(".liquid"))
    : [];
  const messages = await Promise.all(
    names
      .toSorted()
      .map(
        async (name) => [basename(name, ".liquid"), await read(join("messages", name))] as const,
      ),
  );
  return {
    name: basename(folder),
    source: await read("model.yaml"),
    readme: await read("README.md"),
    messages: Object.fromEntries(messages),
  };
}

/** Whether this runs from the sources or from dist/. */
function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("package.json is not above the program's own files");
    folder = parent;
  }
  return folder;
}
