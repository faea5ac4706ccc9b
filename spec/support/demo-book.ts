import { catchUp } from "../../src/core/account/catch-up.ts";
import { Evaluator } from "../../src/core/account/evaluate-accounts.ts";
import { NEW_ACCOUNT } from "../../src/core/account/state.ts";
import { compileModel, type Decision } from "../../src/core/decide/index.ts";
import type { Model } from "../../src/core/model/index.ts";
import type { Trigger } from "../../src/core/schedule/index.ts";
import { startOfDay } from "../../src/core/time/zone.ts";
import { workspaceCalendar } from "../../src/engine/holidays.ts";
import { historiesOf, type ImportRows } from "./import-rows.ts";

/** How many open accounts each part of a model holds, or ever held in the days decided. */
export type Census = ReadonlyMap<string, number>;

/** Decides the demo's last `days` days by a model, in memory, and counts who is where. */
export function takeCensus(model: Model, rows: ImportRows, days: number): Census {
  const compiled = compileModel(model);
  const evaluator = new Evaluator(compiled, workspaceCalendar(model.workspace));
  const { today } = rows;
  const records = [...historiesOf(compiled, rows).values()].map((history) => ({
    history,
    isNew: true,
    state: NEW_ACCOUNT,
    touches: new Map(),
    owner: null,
  }));
  const news = new Map<string, Trigger[]>();
  for (const { accountId, event, at, userId, properties } of rows.events) {
    if (at < startOfDay(today - days, model.workspace.timezone)) continue;
    const happened = { name: event, at, user: userId, properties, engine: false };
    const list = news.get(accountId);
    if (list) list.push(happened);
    else news.set(accountId, [happened]);
  }
  const results = catchUp(
    evaluator,
    records.map((record) => ({
      record,
      from: Math.min(Math.max(today - days, record.history.identity.createdAt ?? 0), today),
      liveFrom: today,
      news: news.get(record.history.identity.id) ?? [],
      cause: null,
    })),
    { today, now: startOfDay(today, model.workspace.timezone) + 1, modelVersion: 1 },
  );
  const census = new Map(parts(model).map((name) => [name, 0]));
  const count = (name: string): void => {
    census.set(name, (census.get(name) ?? 0) + 1);
  };
  for (const { decision, history } of results) {
    if (decision) for (const name of held(decision)) count(name);
    // a program that answers events may be over by today: any day counts
    for (const name of new Set(
      history.flatMap((one) => one.decision.programs.map((run) => `program ${run.name}`)),
    )) {
      if (!decision?.programs.some((run) => `program ${run.name}` === name)) count(name);
    }
  }
  return census;
}

function parts(model: Model): string[] {
  return [
    ...model.levels.map(({ name }) => `level ${name}`),
    ...(model.lifecycle?.stages ?? []).map(({ name }) => `stage ${name}`),
    ...model.segments.flatMap((segment) =>
      segment.kind === "one"
        ? segment.entries.map(({ name }) => `segment ${segment.name}.${name}`)
        : [`segment ${segment.name}`],
    ),
    ...(model.touch?.adjust ?? []).map(({ name }) => `adjustment ${name}`),
    ...model.programs.map(({ name }) => `program ${name}`),
  ];
}

function held(decision: Decision): string[] {
  return [
    ...(decision.level ? [`level ${decision.level.name}`] : []),
    ...(decision.stage ? [`stage ${decision.stage.name}`] : []),
    ...Object.entries(decision.segments).flatMap(([name, segment]) => {
      if ("in" in segment) return segment.in ? [`segment ${name}`] : [];
      return segment.name === null ? [] : [`segment ${name}.${segment.name}`];
    }),
    ...(decision.level?.steps ?? []).flatMap(({ name, applied }) =>
      name !== undefined && applied ? [`adjustment ${name}`] : [],
    ),
    ...new Set(decision.programs.map(({ name }) => `program ${name}`)),
  ];
}
