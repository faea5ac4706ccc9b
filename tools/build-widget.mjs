// The widget as one script for browsers: a classic script, so that it is one tag, without
// packages, its stylesheet inside as text.
import { readFileSync } from "node:fs";

/**
 * @param {typeof import("esbuild")} esbuild
 * @param {string} root the project's folder
 * @returns {Promise<string>} the script
 */
export async function buildWidget(esbuild, root) {
  const target = ["chrome99", "firefox102", "safari15.4"];
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["widget/main.ts"],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    target,
    charset: "utf8",
    logLevel: "warning",
    plugins: [
      {
        name: "stylesheet-as-text",
        setup(build) {
          build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
            const css = readFileSync(path, "utf8");
            const { code } = await esbuild.transform(css, { loader: "css", minify: true, target });
            return { contents: code.trim(), loader: "text" };
          });
        },
      },
    ],
  });
  const script = result.outputFiles[0]?.text ?? "";
  return `/*! Touchstone widget, MIT licence */\n${script}`;
}
