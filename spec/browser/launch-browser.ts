import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import tar from "tar-fs";

/**
 * A Chromium for tests that comes with `npm ci` and starts on a bare Debian, as root too. Another
 * one is used where CHROMIUM_PATH says so.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await launchOptions());
}

const PACKAGE = "@sparticuz/chromium";
const CACHE = fileURLToPath(new URL("../../.cache/", import.meta.url));

// Not the package's own list of arguments: its single process dies with the second page, and it
// switches off the very checks (CORS, CSP) that the tests are about.
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** Where it is and how to start it, for others than Playwright. */
export async function chromiumPlace(): Promise<{
  readonly path: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}> {
  const { executablePath = "", env } = await launchOptions();
  return { path: executablePath, args: ARGS, env: { ...process.env, ...env } };
}

async function launchOptions(): Promise<LaunchOptions> {
  const own = process.env["CHROMIUM_PATH"];
  if (own !== undefined && own !== "") return { executablePath: own, args: ARGS };
  const dir = await unpackedChromium();
  const { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: fonts } = process.env;
  const found = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const env = {
    ...Object.fromEntries(found),
    LD_LIBRARY_PATH: [path.join(dir, "al2023", "lib"), libraries].filter(Boolean).join(":"),
    FONTCONFIG_PATH: fonts ?? path.join(dir, "fonts"),
  };
  return { executablePath: path.join(dir, "chromium"), args: ARGS, env };
}

/** Where the package's browser is unpacked to: once per version, by whoever needs it first. */
async function unpackedChromium(): Promise<string> {
  const source = packageFolder();
  const manifest = fs.readFileSync(path.join(source, "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const dir = path.join(CACHE, `chromium-${version}`);
  if (fs.existsSync(dir)) return dir;
  // Aside and then renamed, since several workers may be at it.
  const aside = `${dir}.${process.pid}.${process.hrtime.bigint()}`;
  fs.mkdirSync(aside, { recursive: true });
  await unpack(path.join(source, "bin"), aside);
  fs.writeFileSync(path.join(aside, "fonts", "fonts.conf"), fontsConfig(dir));
  try {
    fs.renameSync(aside, dir);
  } catch (error) {
    fs.rmSync(aside, { recursive: true, force: true });
    if (!fs.existsSync(dir)) throw error;
  }
  return dir;
}

async function unpack(bin: string, to: string): Promise<void> {
  const open = (name: string) =>
    [fs.createReadStream(path.join(bin, name)), createBrotliDecompress()] as const;
  await Promise.all([
    pipeline(
      ...open("chromium.br"),
      fs.createWriteStream(path.join(to, "chromium"), { mode: 0o755 }),
    ),
    pipeline(...open("fonts.tar.br"), tar.extract(path.join(to, "fonts"))),
    pipeline(...open("swiftshader.tar.br"), tar.extract(to)),
    // libraries (nss, nspr, expat) that a bare Debian does not have
    pipeline(...open("al2023.tar.br"), tar.extract(path.join(to, "al2023"))),
  ]);
}

/** The packed one names a folder that is not there; without fonts every text is invisible. */
function fontsConfig(dir: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${dir}/fonts</dir><cachedir>${dir}/fonts-cache</cachedir></fontconfig>
`;
}

function packageFolder(): string {
  let dir = path.dirname(createRequire(import.meta.url).resolve(PACKAGE));
  while (!fs.existsSync(path.join(dir, "bin", "chromium.br"))) {
    const up = path.dirname(dir);
    if (up === dir) throw new Error(`${PACKAGE}: bin/chromium.br is not there`);
    dir = up;
  }
  return dir;
}
