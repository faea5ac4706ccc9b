import type { Explanation } from "../../core/explain/index.ts";
import { isOpen, touchJson } from "../../core/schedule/index.ts";
import { formatDay } from "../../core/time/day.ts";
import type { AccountExplanation } from "../../engine/explain-account.ts";
import { paint } from "../output.ts";
import { tellChanges } from "./tell-changes.ts";
import { tellLevel } from "./tell-level.ts";
import { tellOwner } from "./tell-owner.ts";
import { counted, list, percent, section, shown, values, whoDoes } from "./words.ts";

/** A decision told as a colleague would: what it is, by which rules, what is missing, what would change it. */
export function tellExplanation(found: AccountExplanation): string {
  const { explanation } = found;
  return [
    heading(found),
    tellLevel(explanation),
    tellOwner({
      level: explanation.level,
      levels: found.model.levels,
      owner: ownerName(found),
      isPast: found.changes === undefined,
    }),
    stage(found),
    health(explanation),
    segments(explanation),
    missing(explanation),
    tellChanges(found),
    touches(found),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function ownerName({ account: { owner }, people }: AccountExplanation): string | null {
  return owner === null ? null : (people.get(owner) ?? owner);
}

function heading(found: AccountExplanation): string {
  const { account, explanation, model } = found;
  const who = account.name === null ? account.id : `${account.name} (${account.id})`;
  const name = ownerName(found);
  const owner = name === null ? "nobody in particular looks after it" : `looked after by ${name}`;
  const { level, stage: stood, health: felt, at, stored } = explanation;
  const parts = [
    ...(level ? [`${level.name} touch`] : []),
    ...(stood ? [`in ${stood.name}`] : []),
    `health ${felt.band}${felt.score === null ? "" : ` at ${Math.round(felt.score)}`}`,
  ];
  const how = stored
    ? ""
    : "\nNo decision was stored for that day: this one is worked out from what was known then.";
  return `${paint("bold", who)}, ${owner}\n${at}: ${parts.join(", ")}, by ${model.name}, version ${explanation.model.version}.${how}`;
}

function stage({ explanation, model }: AccountExplanation): string {
  const decided = explanation.stage;
  if (!decided) return "";
  const expect = model.lifecycle?.stages.find(({ name }) => name === decided.name)?.expect;
  const expected =
    expect === undefined
      ? ""
      : ` It is expected to take ${counted(expect, "day")} at most${decided.status === "overdue" ? `, so it is ${paint("red", "overdue")}` : ""}.`;
  const moved = decided.moves.flatMap(({ from, to, because }) =>
    from === null
      ? []
      : [
          `${from} -> ${to} (${because === "exit" ? "its exit criteria hold" : "the next one's enter rule holds"})`,
        ],
  );
  const exit = Object.entries(decided.exit).map(([name, { met }]) =>
    criterion(name, met, explanation),
  );
  return section(`Lifecycle stage: ${decided.name}`, [
    `In ${decided.name} since ${decided.since}.${expected}${moved.length > 0 ? ` It moved that day: ${moved.join(", ")}.` : ""}`,
    ...(exit.length > 0 ? ["It leaves when all of these hold:", ...exit] : []),
  ]);
}

function criterion(name: string, met: boolean | null, { rules }: Explanation): string {
  const trace = rules.exit[name];
  const actual = values(trace?.actual ?? {});
  const because = actual === "" ? "" : ` (${actual})`;
  const mark = met === true ? paint("green", "+") : paint("yellow", met === null ? "?" : "-");
  const verdict = met === true ? "holds" : met === null ? "is unknown" : "does not hold yet";
  return `${mark} ${name}: ${trace?.text ?? "it"} ${verdict}${because}`;
}

function health({ health: decided }: Explanation): string {
  const measures = Object.entries(decided.measures);
  if (measures.length === 0) return "";
  const known = percent(decided.coverage);
  const caps = decided.caps.length > 0 ? `, held down by ${list(decided.caps)}` : "";
  const opening =
    decided.score === null
      ? `Only ${known} of its weight is known, which is too little for a score.`
      : `${shown(decided.score)} out of 100${decided.coverage < 1 ? `, from the ${known} of its weight that is known` : ""}${caps}.`;
  return section(`Health: ${decided.band}`, [
    opening,
    ...measures.map(([name, { score, share }]) =>
      score === null
        ? `${name} is not known`
        : `${name} is ${shown(score)} and counts ${percent(share)}`,
    ),
  ]);
}

function segments({ segments: decided }: Explanation): string {
  const lines = Object.entries(decided).flatMap(([name, segment]) => {
    const since = segment.since === null ? "" : `, since ${segment.since}`;
    if ("in" in segment) return segment.in ? [`${name}${since}`] : [];
    return segment.name === null ? [] : [`${name}: ${segment.name}${since}`];
  });
  return section("Segments", lines.length === 0 ? ["It is in none."] : lines);
}

function missing({ missing: names }: Explanation): string {
  return names.length === 0
    ? ""
    : section("Not known", [
        `${list(names)}. A rule that needs one of these is unknown, which counts as not true.`,
      ]);
}

const NEXT_SHOWN = 8;

function touches({ touches: all, explanation, people }: AccountExplanation): string {
  const open = all.filter(isOpen).toSorted((a, b) => a.due - b.due);
  if (open.length === 0 && explanation.stored === false) return "";
  const lines = open
    .slice(0, NEXT_SHOWN)
    .map(({ title, due, status, by, owner, program, id, reason }) => {
      const note = status === "planned" || status === "due" ? status : `${status}, ${reason ?? ""}`;
      return `${formatDay(due)}  ${title}, by ${whoDoes({ by, owner }, people)}${program === null ? "" : ` (${program})`}: ${note}  ${paint("dim", id)}`;
    });
  const more = open.length > NEXT_SHOWN ? [`and ${open.length - NEXT_SHOWN} more`] : [];
  return section(
    "What happens next",
    lines.length > 0 ? [...lines, ...more] : ["Nothing is planned."],
  );
}

/** The decision of contracts.md §4 with its trees, and what surrounds it. */
export function explanationJson({
  account,
  explanation,
  changes: found,
  touches: all,
}: AccountExplanation): unknown {
  return {
    ...explanation,
    name: account.name,
    owner: account.owner,
    changes: found ?? null,
    touches: all.map(touchJson),
  };
}
