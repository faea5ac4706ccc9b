import type { ModelPlan } from "../../../engine/plan/types.ts";
import type { StoreOptions } from "../../compose.ts";
import { wrap } from "../columns.ts";
import { counted, list } from "../words.ts";
import { COLUMNS } from "./page.ts";
import { blocking } from "./tell-problems.ts";

interface Asked extends StoreOptions {
  readonly out?: string;
  readonly allow?: readonly string[];
}

/** What to do with a plan that was looked at. */
export function tellNext(plan: ModelPlan, path: string, asked: Asked): string {
  const text = plan.isSame ? "Nothing was written." : next(plan, path, asked);
  return text
    .split("\n")
    .flatMap((line) => wrap(line, COLUMNS))
    .join("\n");
}

function next(plan: ModelPlan, path: string, asked: Asked): string {
  const blocks = blocking(plan.problems);
  const kept =
    asked.out === undefined
      ? "Nothing was written."
      : `Nothing was written but the plan, in ${asked.out}.`;
  if (blocks.length === 0) return `${kept} Make it live with \`${command(plan, path, asked)}\`.`;
  const codes = [...new Set(blocks.map(({ code }) => code))];
  const again = command(plan, path, { ...asked, allow: [...(asked.allow ?? []), ...codes] });
  return [
    `${kept} ${counted(blocks.length, "problem blocks", "problems block")} it (${list(codes)}): change the model and plan again,`,
    `or accept ${blocks.length === 1 ? "it" : "them"} with \`${again}\`.`,
  ].join(" ");
}

/** The line to type: what the plan was made with, and where the data is. */
function command(
  { existing }: ModelPlan,
  path: string,
  { out, allow, data, database }: Asked,
): string {
  const fresh = out === undefined;
  return [
    "touchstone apply",
    quoted(fresh ? path : out),
    ...(fresh && existing === "new" ? ["--existing new"] : []),
    ...(allow && allow.length > 0 ? [`--allow ${[...new Set(allow)].join(" ")}`] : []),
    ...(data === undefined ? [] : [`--data ${quoted(data)}`]),
    ...(database === undefined ? [] : ["--database …"]),
  ].join(" ");
}

function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
