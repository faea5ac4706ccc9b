import { expect, test } from "vitest";
import { readModel } from "../model/index.ts";
import { AccountHistory } from "./account-history.ts";
import { ContactHistory } from "./contact-history.ts";
import { planFacts } from "./fact-plan.ts";

const INPUT = {
  id: "c1",
  email: "ann@acme.test",
  name: "Ann",
  role: "user",
  timezone: null,
  locale: null,
  createdAt: null,
  from: 10,
  user: null,
  optOuts: [],
};

test("a contact is told as of any day, in any order, also of what is heard of late", () => {
  const contact = new ContactHistory(INPUT, new Map(), "UTC");
  const roles = (...days: number[]) => days.map((day) => contact.at(day).role);
  expect(roles(10, 20, 30)).toEqual(["user", "user", "user"]);
  contact.add({ trait: "role", value: "sponsor", from: 20, arrived: 1 });
  expect(roles(30, 19, 20, 10)).toEqual(["sponsor", "user", "sponsor", "user"]);
  contact.add({ trait: "role", value: "admin", from: 15, arrived: 2 });
  expect(roles(20, 15, 14, 19)).toEqual(["sponsor", "admin", "user", "admin"]);
});

test("while nothing is said of a contact it stays the very same object", () => {
  const contact = new ContactHistory(INPUT, new Map(), "UTC");
  contact.add({ trait: "role", value: "sponsor", from: 20, arrived: 1 });
  expect(contact.at(21)).toBe(contact.at(35));
  expect(contact.at(19)).not.toBe(contact.at(20));
});

test("an account's contacts are the very same list while nothing in it changes", () => {
  const { model } = readModel("touchstone: 1\nname: m\nworkspace: { timezone: UTC }\n", {
    file: "m.yaml",
  });
  if (!model) throw new Error("the model does not read");
  const history = new AccountHistory(planFacts(model), {
    id: "a",
    name: null,
    timezone: null,
    createdAt: 1,
    firstSeen: 1,
  });
  const told = (day: number) => history.contactsAsOf(day).map(({ id, role }) => `${id} ${role}`);
  history.putContact(INPUT);
  history.putContact({ ...INPUT, id: "c2", from: 20 });
  expect([9, 10, 19, 20, 10].map(told)).toEqual([
    [],
    ["c1 user"],
    ["c1 user"],
    ["c1 user", "c2 user"],
    ["c1 user"],
  ]);
  expect(history.contactsAsOf(10)).toBe(history.contactsAsOf(19));
  history.addContactTrait("c1", { trait: "role", value: "sponsor", from: 15, arrived: 1 });
  expect([14, 15, 21].map(told)).toEqual([["c1 user"], ["c1 sponsor"], ["c1 sponsor", "c2 user"]]);
  history.putContact({ ...INPUT, id: "c3", from: 12 });
  expect(told(15)).toEqual(["c1 sponsor", "c3 user"]);
});
