import type { ProgramDef, StepDef, TouchpointDef } from "../../types.ts";
import type { Naming } from "../canonical-rule.ts";
import { allParts, flagPart, inDays, rulePart, valuePart } from "../parts.ts";
import type { Thing, ThingList } from "../thing.ts";
import type { BlockThings } from "./block-things.ts";
import { patternText } from "./facts.ts";

export const programThings: BlockThings = ({ programs, touchpoints }, naming) => {
  const minutes = new Map(touchpoints.map((one) => [one.name, one]));
  return [
    {
      path: "programs",
      block: "programs",
      word: "program",
      lead: "program ",
      renaming: "its open runs end and it begins anew",
      things: programs.map((program) => thingOf(program, minutes, naming)),
    },
  ];
};

type Touchpoints = ReadonlyMap<string, TouchpointDef>;

function thingOf(program: ProgramDef, touchpoints: Touchpoints, naming: Naming): Thing {
  const { name, when, on, again, steps } = program;
  const later = naming.thing("programs", name);
  return {
    name,
    summary: summaryOf(steps, naming),
    parts: allParts(
      valuePart("for", "whom it is for", program.forContact ? "each contact" : "the account"),
      rulePart("when", "", when, naming, { weight: 3 }),
      valuePart(
        "on",
        "the event that starts it",
        on && eventText(patternText(on.pattern), naming),
        {
          weight: 2,
        },
      ),
      rulePart("where", "the event that starts it", on?.where, naming),
      valuePart("again", "when it may run again", againText(again)),
      flagPart("finish", "lets what is planned run out when it is left", program.finish),
    ),
    lists: [stepList(later, steps, touchpoints, naming)],
  };
}

function summaryOf(steps: readonly StepDef[], naming: Naming): string {
  const shown = steps.slice(0, STEPS_SHOWN);
  const all = shown.map((step) => `${step.touchpoint} ${timingText(step, naming)}`).join(", ");
  return steps.length > STEPS_SHOWN ? `${all} and ${steps.length - STEPS_SHOWN} more steps` : all;
}

const STEPS_SHOWN = 4;

function stepList(
  program: string,
  steps: readonly StepDef[],
  touchpoints: Touchpoints,
  naming: Naming,
): ThingList {
  return {
    path: `programs.${program}`,
    block: "programs",
    word: "step",
    lead: `program ${program}: `,
    fixed: true,
    things: steps.map((step) => {
      const touchpoint = naming.thing("touchpoints", step.touchpoint);
      const timing = timingText(step, naming);
      const isOwn = step.minutes !== touchpoints.get(step.touchpoint)?.minutes;
      return {
        name: step.ordinal === 1 ? touchpoint : `${touchpoint}#${step.ordinal}`,
        summary: timing,
        parts: allParts(
          valuePart("timing", "comes", timing, { isVerb: true }),
          isOwn
            ? valuePart("minutes", "takes", step.minutes, {
                isVerb: true,
                shown: `${step.minutes} minutes`,
              })
            : undefined,
        ),
        lists: [],
      };
    }),
  };
}

function timingText({ timing }: StepDef, naming: Naming): string {
  switch (timing.kind) {
    case "after":
      return `after ${inDays(timing.days)}`;
    case "every": {
      const first = timing.first === timing.period ? "" : `, first after ${inDays(timing.first)}`;
      return `every ${inDays(timing.period)}${first}`;
    }
    case "before": {
      const days = [...timing.days].toSorted((a, b) => b - a);
      return `${days.join(" and ")} days before ${naming.name(timing.date)}`;
    }
  }
}

function againText(again: ProgramDef["again"]): string {
  if (again.kind === "never") return "never";
  return again.kind === "after" ? `${inDays(again.days)} after it began` : "after leaving";
}

/** `segment:value.core:entered` and the like by their later names. */
function eventText(event: string, naming: Naming): string {
  const [kind = "", subject = "", ...rest] = event.split(":");
  if (rest.length === 0 && kind !== "health") return event;
  const lists: Readonly<Record<string, string>> = {
    stage: "lifecycle.stages",
    level: "levels",
    touch: "touchpoints",
    health: "health.bands",
  };
  if (kind === "segment") {
    const [segment = "", entry] = subject.split(".");
    const later = naming.thing("segments", segment);
    const full =
      entry === undefined ? later : `${later}.${naming.text(entry, `segments.${segment}`)}`;
    return [kind, full, ...rest].join(":");
  }
  const list = lists[kind];
  return list === undefined ? event : [kind, naming.thing(list, subject), ...rest].join(":");
}
