import type { ModelChange } from "../../../core/model/diff/types.ts";
import { table } from "../table.ts";
import { count, counted } from "../words.ts";
import { cut } from "../columns.ts";
import { type PlanPage, right, sentence } from "./page.ts";

/** More than this is another model rather than a change of one: then only counts are shown. */
const MOST_SENTENCES = 40;
const NAMES_SHOWN = 70;
const FILES_SHOWN = 10;

/** Each difference of the two models in a sentence, those first that can change a decision. */
export function tellChanges({ plan: { changes, messageFiles, live } }: PlanPage): string[] {
  if (!live) return [];
  const told =
    changes.length > MOST_SENTENCES
      ? tally(changes)
      : [
          ...changes.filter(({ decides }) => decides),
          ...changes.filter(({ decides }) => !decides),
        ].flatMap((change) => sentence(change.sentence));
  const files = [
    ...fileLine("new", messageFiles.added),
    ...fileLine("changed", messageFiles.changed),
    ...fileLine("gone", messageFiles.removed),
  ];
  const all = [...told, ...files];
  return all.length > 0 ? all : ["  Nothing that has a meaning: only how it is written."];
}

function fileLine(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const named = names.slice(0, FILES_SHOWN).join(", ");
  const more = names.length - FILES_SHOWN;
  return sentence(`messages ${what}: ${named}${more > 0 ? ` and ${count(more)} more` : ""}`);
}

const KINDS = ["added", "removed", "renamed", "moved", "changed"] as const;

function tally(changes: readonly ModelChange[]): string[] {
  const blocks = [...new Set(changes.map(({ block }) => block))];
  const rows = blocks.map((block) => {
    const of = changes.filter((one) => one.block === block);
    const n = KINDS.map((kind) => of.filter((one) => one.kind === kind).length);
    return [block, ...n.map((each) => (each === 0 ? "" : count(each)))];
  });
  return [
    table(
      [
        { head: "block" },
        ...["new", "gone", "renamed", "moved", "changed"].map((head) => ({ head, ...right })),
      ],
      rows,
    ),
    ...sentence(
      cut(
        `${counted(changes.length, "difference")}: it is another model. --json lists each.`,
        NAMES_SHOWN,
      ),
    ),
  ];
}
