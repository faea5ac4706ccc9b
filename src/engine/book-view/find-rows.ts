import type { Model } from "../../core/model/index.ts";
import { compileRule } from "../../core/rules/compile-rule.ts";
import { FALSE, TRUE } from "../../core/rules/columns.ts";
import type { RuleHelpers } from "../../core/rules/runtime.ts";
import type { Day } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import { readWhere } from "../list-accounts.ts";
import { type BookColumns, DECIDED, FREE, UNDECIDED } from "./book-columns.ts";
import type { BookFilter } from "./book-filter.ts";

export interface FindWith {
  readonly model: Model;
  readonly book: BookColumns;
  readonly helpers: RuleHelpers;
  /** The workspace's day, for what lies ahead. */
  readonly today: Day;
}

type Test = (row: number) => boolean;

/** Rows for which all of a filter holds, in the order in which they lie. */
export function findRows(work: FindWith, filter: BookFilter): Int32Array {
  const { book } = work;
  const tests = testsOf(work, filter);
  const found = new Int32Array(book.size);
  let count = 0;
  for (let row = 0; row < book.size; row++) {
    if (tests.every((test) => test(row))) found[count++] = row;
  }
  return found.slice(0, count);
}

function testsOf(work: FindWith, filter: BookFilter): Test[] {
  const { book } = work;
  const { levels, stages, bands, owners, text, ids, segments = [], renewalWithin, where } = filter;
  const tests = [stateTest(book, filter.state ?? "open")];
  if (ids) tests.push(amongRows(book, ids));
  if (levels) tests.push(oneOf(book, "level", levels));
  if (stages) tests.push(oneOf(book, "stage", stages));
  if (bands) tests.push(oneOf(book, "health_band", bands));
  if (owners) tests.push(oneOf(book, "account.owner", owners));
  for (const segment of segments) tests.push(inSegment(work, segment));
  if (renewalWithin !== undefined) tests.push(renewsWithin(work, renewalWithin));
  if (text !== undefined && text !== "") tests.push(called(book, text));
  if (where !== undefined && where.trim() !== "") tests.push(ruleTest(work, where));
  return tests;
}

function stateTest({ status }: BookColumns, state: NonNullable<BookFilter["state"]>): Test {
  if (state === "decided") return (row) => status[row] === DECIDED;
  if (state === "all") return (row) => status[row] !== FREE;
  return (row) => status[row] === DECIDED || status[row] === UNDECIDED;
}

function amongRows(book: BookColumns, ids: readonly string[]): Test {
  const rows = new Set(ids.map((id) => book.rowOf(id)));
  return (row) => rows.has(row);
}

function oneOf(book: BookColumns, column: string, values: readonly (string | null)[]): Test {
  const data = book.data(column);
  const codes = new Set(values.map((value) => (value === null ? -1 : book.dict.code(value))));
  return (row) => codes.has(data[row] as number);
}

function inSegment({ model, book }: FindWith, wanted: string): Test {
  const [name = "", entry] = wanted.split(":");
  const segment = model.segments.find((one) => one.name === name);
  if (!segment) return () => false;
  const data = book.data(`segments.${name}`);
  if (segment.kind !== "one") return (row) => data[row] === (entry === "no" ? FALSE : TRUE);
  const code = entry === undefined ? undefined : book.dict.code(entry);
  return (row) => (code === undefined ? (data[row] as number) >= 0 : data[row] === code);
}

function renewsWithin({ model, book, today }: FindWith, days: number): Test {
  const { renewal } = model.workspace;
  if (renewal === undefined)
    throw new AppError(
      "bad-value",
      "The model does not say which fact is an account's renewal.",
      "Name it under `workspace: { renewal: … }`, or filter by a rule.",
    );
  const data = book.data(renewal);
  return (row) => (data[row] as number) >= today && (data[row] as number) <= today + days;
}

/** As the database looks for it: the beginning of an id, or part of a name in any case. */
function called(book: BookColumns, text: string): Test {
  const names = book.data("account.name");
  const folded = text.toLowerCase();
  return (row) =>
    book.idOf(row).startsWith(text) ||
    (book.dict
      .text(names[row] as number)
      ?.toLowerCase()
      .includes(folded) ??
      false);
}

function ruleTest({ model, book, helpers }: FindWith, where: string): Test {
  const rule = readWhere(model, where, "where");
  const holds = compileRule(rule, book.layout, book.dict, book.columns, helpers);
  const { day, status } = book;
  return (row) => status[row] === DECIDED && holds(row, day[row] as number) === TRUE;
}
