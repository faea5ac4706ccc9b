import { decisionEnv } from "../../core/explain/index.ts";
import type { Decision } from "../../core/decide/index.ts";
import type { Model } from "../../core/model/index.ts";
import type { Value } from "../../core/rules/types.ts";
import { parseDay } from "../../core/time/day.ts";
import type { BookRow } from "../ports.ts";
import { type BookColumns, CLOSED, DECIDED, UNDECIDED } from "./book-columns.ts";
import { LISTED_COLUMNS } from "./column-specs.ts";

/** Puts accounts as they are stored into the columns of a book. */
export class RowFiller {
  readonly #model: Model;
  readonly #book: BookColumns;
  readonly #named: readonly (readonly [column: number, name: string])[];
  readonly #listed: ReadonlyMap<string, number>;

  constructor(model: Model, book: BookColumns) {
    this.#model = model;
    this.#book = book;
    const { specs } = book.layout;
    const named = specs.slice(0, specs.length - LISTED_COLUMNS.length);
    this.#named = named.map(({ name }, column) => [column, name]);
    this.#listed = new Map(LISTED_COLUMNS.map(({ name }) => [name, book.index(name)]));
  }

  /** Answers by how much its revision went up: what its bucket's sum goes up by. */
  fill(account: BookRow): void {
    const book = this.#book;
    const { id, decision } = account;
    const row = book.take(id);
    book.rev[row] = account.rev;
    book.bucket[row] = account.bucket;
    book.status[row] = decision ? DECIDED : account.isEvaluated ? CLOSED : UNDECIDED;
    const env = decision && decisionEnv(this.#model, decision);
    book.day[row] = env?.today ?? 0;
    for (const [column, name] of this.#named) book.set(column, row, env ? env.get(name) : null);
    // rows are known by it, also before anything is decided
    book.set(book.index("account_id"), row, id);
    for (const [name, value] of listedValues(this.#model, account)) {
      const column = this.#listed.get(name);
      if (column !== undefined) book.set(column, row, value);
    }
  }
}

function* listedValues(
  model: Model,
  { name, owner, createdAt, decidedOn, next, nextHuman, decision }: BookRow,
): Generator<readonly [name: string, value: Value]> {
  yield ["account.name", name];
  yield ["account.owner", owner];
  yield ["account.created_at", createdAt];
  yield ["account.decided_on", decidedOn];
  yield ["touch.next", nextHuman?.due ?? null];
  const touchpoint = model.touchpoints.find((one) => one.name === nextHuman?.touchpoint);
  yield ["touch.next_title", touchpoint?.title ?? nextHuman?.touchpoint ?? null];
  yield ["touch.next_any", next?.due ?? null];
  const level = decision?.level;
  yield ["level.since", dayIn(level?.since)];
  yield ["level.pinned", level ? level.pinned !== null : null];
  yield ["level.pinned_until", dayIn(level?.pinned?.until)];
  yield* stageValues(decision?.stage ?? null);
  yield ["health.coverage", decision?.health.coverage ?? null];
  const programs = decision?.programs.map((one) => one.name) ?? [];
  yield ["programs", programs.length === 0 ? null : [...new Set(programs)].toSorted().join(", ")];
}

function* stageValues(stage: Decision["stage"]): Generator<readonly [name: string, value: Value]> {
  const exit = Object.entries(stage?.exit ?? {});
  const open = exit.filter(([, { met }]) => met !== true).map(([criterion]) => criterion);
  yield ["stage.since", dayIn(stage?.since)];
  yield ["stage.status", stage?.status ?? null];
  yield ["stage.exit_count", stage ? exit.length : null];
  yield ["stage.exit_met", stage ? exit.length - open.length : null];
  yield ["stage.exit_open", open.length === 0 ? null : open.join(", ")];
}

function dayIn(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : (parseDay(text) ?? null);
}
