import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Book, BookLayout } from "../src/core/book/book.ts";
import { AccountHistory, fillBaseFacts, planFacts } from "../src/core/facts/index.ts";
import { readModel } from "../src/core/model/index.ts";
import { dayOf } from "../src/core/time/day.ts";
import { eventsOf, fillBook, rowsOf } from "./generate-book.ts";
import { sampleAccount } from "./sample-account.ts";
import { addStatements, identityOf } from "./sample-history.ts";

const ACCOUNTS = 40;
const TODAY = dayOf(2026, 3, 2);
const templates = readdirSync(new URL("../templates", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(templates)("the columns of %s are those of the very same events", (template) => {
  const file = new URL(`../templates/${template}/model.yaml`, import.meta.url);
  const { model } = readModel(readFileSync(file, "utf8"), { file: "model.yaml" });
  const plan = planFacts(model!);
  const options = { seed: 7, today: TODAY, zone: model!.workspace.timezone };
  const straight = new Book(new BookLayout(plan.specs), ACCOUNTS);
  fillBook(plan, straight, TODAY, options);
  const histories = Array.from({ length: ACCOUNTS }, (_, index) => {
    const account = sampleAccount(index, options);
    const history = new AccountHistory(plan, identityOf(account));
    addStatements(history, account);
    for (const event of eventsOf(account, options)) history.addEvent(event);
    return history;
  });
  const book = new Book(straight.layout, ACCOUNTS, straight.dict);
  fillBaseFacts(plan, book, histories, TODAY);

  let known = 0;
  for (const { column } of [...plan.base, ...plan.builtIns]) {
    for (let row = 0; row < ACCOUNTS; row++) {
      const [made, counted] = [straight.get(column, row), book.get(column, row)];
      if (typeof made === "number")
        expect(made, `${column} of ${row}`).toBeCloseTo(counted as number, 9);
      else expect(made, `${column} of ${row}`).toBe(counted);
      if (made !== null) known += 1;
    }
  }
  expect(known).toBeGreaterThan(ACCOUNTS * plan.base.length * 0.6);
});

test("an account is the same for its seed, and another for another seed", () => {
  const options = { seed: 1, today: TODAY, zone: "UTC" };
  expect(sampleAccount(12, options)).toEqual(sampleAccount(12, options));
  expect(sampleAccount(12, options).traits).not.toEqual(
    sampleAccount(12, { ...options, seed: 2 }).traits,
  );
  expect(sampleAccount(12, options).traits).not.toEqual(sampleAccount(13, options).traits);
});

test("rows for an import hold every event but touches, with ids of their own", () => {
  const options = { seed: 1, today: TODAY, zone: "UTC" };
  const account = sampleAccount(3, options);
  const { events, contacts } = rowsOf(account, options);
  expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(events.length);
  const touches = account.answers.filter(({ name }) => name.startsWith("touch:")).length;
  expect(events.length).toBe(eventsOf(account, options).length - touches);
  expect(contacts.length).toBe(account.contacts.length);
});
