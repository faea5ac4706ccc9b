import { expect, test } from "vitest";
import { ContactHistory } from "./contact-history.ts";

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
