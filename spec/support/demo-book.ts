import { fileURLToPath } from "node:url";
import { catchUp } from "../../src/core/account/catch-up.ts";
import { Evaluator } from "../../src/core/account/evaluate-accounts.ts";
import { NEW_ACCOUNT } from "../../src/core/account/state.ts";
import { type CompiledModel, compileModel, type Decision } from "../../src/core/decide/index.ts";
import { AccountHistory, type ContactInput } from "../../src/core/facts/index.ts";
import type { Model } from "../../src/core/model/index.ts";
import type { Trigger } from "../../src/core/schedule/index.ts";
import type { Day } from "../../src/core/time/day.ts";
import { startOfDay } from "../../src/core/time/zone.ts";
import { workspaceCalendar } from "../../src/engine/holidays.ts";
import type { AccountRow, ContactRow, EventRow } from "../../src/engine/ports.ts";
import { openImport } from "../../src/import/index.ts";

/** The demo's rows, read once: what the import would hand to the store. */
export interface DemoRows {
  readonly today: Day;
  readonly accounts: readonly AccountRow[];
  readonly contacts: readonly ContactRow[];
  readonly events: readonly EventRow[];
}

export async function readDemo(today: Day): Promise<DemoRows> {
  const file = fileURLToPath(new URL("../../examples/saasguard/saasguard.import.yaml", import.meta.url));
  const source = await openImport(file, { today });
  try {
    return {
      today,
      accounts: await all(source.accounts()),
      contacts: await all(source.contacts()),
      events: await all(source.events()),
    };
  } finally {
    await source.close();
  }
}

async function all<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const rows: T[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

/** How many open accounts each part of a model holds, or ever held in the days decided. */
export type Census = ReadonlyMap<string, number>;

/** Decides the demo's last `days` days by a model, in memory, and counts who is where. */
export function takeCensus(model: Model, rows: DemoRows, days: number): Census {
  const compiled = compileModel(model);
  const evaluator = new Evaluator(compiled, workspaceCalendar(model.workspace));
  const { today } = rows;
  const records = [...histories(compiled, rows).values()].map((history) => ({
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
    for (const name of new Set(history.flatMap((one) => one.decision.programs.map((run) => `program ${run.name}`)))) {
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
      segment.kind === "one" ? segment.entries.map(({ name }) => `segment ${segment.name}.${name}`) : [`segment ${segment.name}`],
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
    ...(decision.level?.steps ?? []).flatMap(({ name, applied }) => (name !== undefined && applied ? [`adjustment ${name}`] : [])),
    ...new Set(decision.programs.map(({ name }) => `program ${name}`)),
  ];
}

function histories({ plan }: CompiledModel, { today, accounts, contacts, events }: DemoRows): Map<string, AccountHistory> {
  const found = new Map<string, AccountHistory>();
  for (const row of accounts) {
    let history = found.get(row.accountId);
    if (!history) {
      const identity = { id: row.accountId, name: row.name ?? null, createdAt: row.createdAt ?? null, firstSeen: today, timezone: row.timezone ?? null };
      found.set(row.accountId, (history = new AccountHistory(plan, identity)));
    }
    const from = row.asOf ?? row.createdAt ?? today;
    for (const [trait, value] of Object.entries(row.traits)) history.addTrait({ trait, value, from, arrived: today });
    if (row.closedAt !== undefined) history.addTrait({ trait: "closed_at", value: row.closedAt === null ? null : dayText(row.closedAt), from, arrived: today });
  }
  for (const row of contacts) addContact(found.get(row.accountId), row, today);
  for (const { accountId, event, at, userId, properties } of events) {
    found.get(accountId)?.addEvent({ name: event, at, user: userId, properties, engine: false });
  }
  return found;
}

function dayText(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function addContact(history: AccountHistory | undefined, row: ContactRow, today: Day): void {
  if (!history) return;
  const from = row.createdAt ?? history.identity.createdAt ?? today;
  const contact: ContactInput = {
    id: row.contactId,
    email: row.email ?? null,
    name: row.name ?? null,
    role: row.role ?? null,
    timezone: row.timezone ?? null,
    locale: row.locale ?? null,
    createdAt: row.createdAt ?? null,
    from,
    user: row.userId ?? row.contactId,
    optOuts: [],
  };
  history.putContact(contact);
  for (const [trait, value] of Object.entries(row.traits)) {
    history.addContactTrait(row.contactId, { trait, value, from: row.asOf ?? from, arrived: today });
  }
}
