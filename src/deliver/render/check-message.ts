import type { Diagnostic } from "../../core/model/index.ts";
import { nearest } from "../../core/text/nearest.ts";
import { AppError } from "../../engine/app-error.ts";
import type { MessageNames } from "../../engine/ports/message-check.ts";
import { type NameInUse, namesIn } from "./liquid-engine.ts";
import { type MessageFile, readMessageFile } from "./message-file.ts";
import { MESSAGE_NAMES } from "./message-world.ts";

const CODE = "bad-message";

/**
 * What is wrong with a message file whoever it goes to: its heads, its tags and filters, and names
 * that nobody has. A trait of a contact that the model does not declare is only doubtful.
 */
export function checkMessage(
  file: string,
  source: string,
  names: MessageNames,
): readonly Diagnostic[] {
  return placing(file, () => {
    const message = readMessageFile(file, source);
    const roots = rootsOf(message, names);
    return [...message.heads.values(), message.body].flatMap((piece) =>
      placing(file, () => namesIn(file, piece).flatMap((name) => doubtOf(file, name, roots) ?? [])),
    );
  });
}

type Roots = ReadonlyMap<string, readonly string[] | null>;

function rootsOf({ heads }: MessageFile, { facts, contactTraits }: MessageNames): Roots {
  const roots = new Map<string, readonly string[] | null>(Object.entries(MESSAGE_NAMES));
  roots.set("facts", facts);
  roots.set("contact", [...(MESSAGE_NAMES["contact"] ?? []), ...contactTraits]);
  if (heads.has("survey")) roots.set("survey", null);
  return roots;
}

function doubtOf(file: string, { segments, line, column }: NameInUse, roots: Roots) {
  const [root = "", name] = segments;
  const there = roots.get(root);
  const at = { code: CODE, file, line, column, end_column: column + segments.join(".").length };
  if (there === undefined) {
    const message = `There is nothing called \`${root}\`.`;
    return { ...at, severity: "error" as const, message, ...hint(root, [...roots.keys()]) };
  }
  if (there === null || name === undefined || there.includes(name)) return null;
  if (root !== "contact") {
    const message = `There is nothing called \`${root}.${name}\`.`;
    return { ...at, severity: "error" as const, message, ...hint(name, there) };
  }
  const near = nearest(name, there);
  return {
    ...at,
    severity: "warning" as const,
    message: `The model declares no contact trait \`${name}\`.`,
    hint:
      near === undefined
        ? "Declare it under `contacts:`; shown without a `default`, the message fails for contacts who lack it."
        : `Did you mean \`${near}\`? If not, declare it under \`contacts:\`.`,
  };
}

function hint(name: string, known: readonly string[]): { hint?: string } {
  const near = nearest(name, known);
  return near === undefined ? {} : { hint: `Did you mean \`${near}\`?` };
}

const PLACED = /^(?<file>.+?):(?<line>\d+):(?<column>\d+): (?<what>[\s\S]*)$/;

/** What `work` finds; what it throws about the file as one of them. */
function placing(file: string, work: () => readonly Diagnostic[]): readonly Diagnostic[] {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { line, column, what } = PLACED.exec(error.message)?.groups ?? {};
    const at = { line: Number(line ?? 1), column: Number(column ?? 1) };
    return [
      {
        code: CODE,
        severity: "error",
        message: what ?? error.message,
        file,
        ...at,
        end_column: at.column + 1,
      },
    ];
  }
}
