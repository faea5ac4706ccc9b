import type { Entry } from "../entry.ts";
import type { Reading } from "../reading.ts";
import type { LifecycleDef, StageDef } from "../types.ts";

/**
 * Every stage has to be somewhere that an account can come to: at its start, by the exit of
 * another stage, or by its own `enter` from a stage that may be left for it.
 */
export function checkStageGraph(
  stages: readonly StageDef[],
  start: LifecycleDef["start"],
  entries: readonly Entry[],
  reading: Reading,
): void {
  const reached = reachable(stages, start);
  stages.forEach((stage, i) => {
    const entry = entries[i];
    if (!entry) return;
    if (stage.enter && !canBeLeftFor(stage, reached)) {
      const message = `No account can be in a stage that may be left for ${stage.name}.`;
      const hint = "Name stages that accounts are in: from: [STAGE].";
      reading.report("unreachable-enter", entry.spanOf("enter"), message, hint);
    } else if (!reached.has(stage.name)) {
      const message = `Nothing leads to the stage ${stage.name}.`;
      const hint = `Give it an \`enter\`, another stage \`next: ${stage.name}\`, or a start.`;
      reading.report("unreachable-stage", entry.at, message, hint);
    }
  });
}

function canBeLeftFor(stage: StageDef, reached: ReadonlySet<string>): boolean {
  return stage.from.some((name) => name !== stage.name && reached.has(name));
}

function reachable(stages: readonly StageDef[], start: LifecycleDef["start"]): Set<string> {
  const first = stages[0];
  const reached = new Set(start.map(({ stage }) => stage));
  if (first) reached.add(first.name);
  let before = -1;
  while (before < reached.size) {
    before = reached.size;
    for (const stage of stages) {
      if (reached.has(stage.name) && stage.next !== undefined) reached.add(stage.next);
      if (stage.enter && canBeLeftFor(stage, reached)) reached.add(stage.name);
    }
  }
  return reached;
}
