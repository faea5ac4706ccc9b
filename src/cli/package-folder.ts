import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's own folder, whether this runs from the sources or from dist/. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("package.json is not above the program's own files");
    folder = parent;
  }
  return folder;
}

export function programVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8"));
  return (manifest as { version: string }).version;
}

export function templatesFolder(): string {
  return join(packageFolder(), "templates");
}

export function examplesFolder(): string {
  return join(packageFolder(), "examples");
}
