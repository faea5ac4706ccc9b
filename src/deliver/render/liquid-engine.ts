import { Liquid, LiquidError } from "liquidjs";
import { badMessage } from "./bad-message.ts";
import type { Piece } from "./message-file.ts";

/** A message is a page or two; whatever costs more than this is a mistake or an attack. */
const LIMITS = { parseLimit: 400_000, renderLimit: 1_000, memoryLimit: 4_000_000 };

/** What is done with each value that a template puts out. */
type Escape = (value: string) => string;

/** One engine per language (names of months and days); rendering is synchronous, so one `escape` at a time. */
interface Engine {
  readonly liquid: Liquid;
  escape: Escape;
}

const ENGINES = new Map<string, Engine>();
const MOST_ENGINES = 50;

function engineFor(locale: string): Engine {
  const known = ENGINES.get(locale);
  if (known) return known;
  const engine: Engine = {
    liquid: makeLiquid(locale, (value) => engine.escape(value)),
    escape: String,
  };
  if (ENGINES.size >= MOST_ENGINES) ENGINES.clear();
  ENGINES.set(locale, engine);
  return engine;
}

function makeLiquid(locale: string, escape: Escape): Liquid {
  const liquid = new Liquid({
    ...LIMITS,
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    locale,
    // A day is the same day whatever zone the server stands in; instants carry their offset.
    timezoneOffset: 0,
    preserveTimezones: true,
    outputEscape: (value: unknown) => escape(asText(value)),
    // No file can be read by `include`, `render` or `layout`.
    templates: {},
  });
  // Everything is escaped already; these would do it twice, or not at all.
  for (const name of ["raw", "escape", "escape_once", "xml_escape"]) {
    liquid.registerFilter(name, (value: unknown) => asText(value));
  }
  return liquid;
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(asText).join("");
  if (typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(value) : `${value as number | boolean}`;
}

/** Fills in a piece of a message file. Throws `bad-message` with the place in the file. */
export function fillTemplate(
  file: string,
  { text, line, column }: Piece,
  world: object,
  locale: string,
  escape: Escape,
): string {
  const engine = engineFor(locale);
  engine.escape = escape;
  const margin = marginOf({ line, column });
  try {
    return String(engine.liquid.parseAndRenderSync(margin + text, world)).slice(margin.length);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw placed(file, error, { line, column });
  }
}

/** A name that a template takes from outside, `contact.name` as its parts, and where. */
export interface NameInUse {
  readonly segments: readonly string[];
  readonly line: number;
  readonly column: number;
}

/** The names that a piece uses and does not make itself. Throws `bad-message` where it is no Liquid. */
export function namesIn(file: string, { text, line, column }: Piece): readonly NameInUse[] {
  const { liquid } = engineFor("en");
  try {
    const { globals } = liquid.analyzeSync(liquid.parse(marginOf({ line, column }) + text));
    return Object.values(globals)
      .flat()
      .map(({ segments, location }) => ({
        segments: segments.filter((one) => typeof one === "string"),
        line: location.row,
        column: location.col,
      }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw placed(file, error, { line, column });
  }
}

/** Moves a piece to where it stands in the file, so that what Liquid says of the place is true. */
function marginOf({ line, column }: { readonly line: number; readonly column: number }): string {
  return "\n".repeat(line - 1) + " ".repeat(column - 1);
}

const PLACE = /, (?:file:.*?, )?line:(\d+), col:(\d+)$/;

function placed(file: string, error: Error, start: { line: number; column: number }): Error {
  const [, line, column] = PLACE.exec(error.message) ?? [];
  const isLiquid =
    LiquidError.is(error) || line !== undefined || /limit exceeded/.test(error.message);
  if (!isLiquid) return error;
  return badMessage(
    file,
    Number(line ?? start.line),
    Number(column ?? start.column),
    error.message.replace(PLACE, ""),
  );
}
