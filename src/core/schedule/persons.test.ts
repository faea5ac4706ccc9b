import { expect, test } from "vitest";
import { contactsAsPersons, personsById } from "./persons.ts";
import { contact } from "./testing/simulated-account.ts";

test("contacts with one folded mail address are one person, with all that is known of it", () => {
  const [person, ...others] = contactsAsPersons([
    contact({ id: "z", email: "Jo@X.test", from: 1, user: null, optOuts: ["in_app"] }),
    contact({
      id: "a",
      email: " jo@x.test",
      from: 2,
      user: "u7",
      timezone: "Asia/Tokyo",
      optOuts: ["email"],
    }),
  ]);
  expect(others).toEqual([]);
  expect(person).toMatchObject({ id: "z", email: "jo@x.test", user: "u7", timezone: "Asia/Tokyo" });
  expect([...(person?.optOuts ?? [])].toSorted()).toEqual(["email", "in_app"]);
});

test("contacts without an address are persons of their own", () => {
  const persons = contactsAsPersons([
    contact({ id: "b", email: null }),
    contact({ id: "a", email: "" }),
    contact({ id: "constructor", email: "__proto__" }),
  ]);
  expect(persons.map(({ id }) => id)).toEqual(["a", "b", "constructor"]);
});

test("a person goes on by the name that runs and touches know", () => {
  const contacts = [
    contact({ id: "a", email: "x@x.test", from: 1 }),
    contact({ id: "b", email: "x@x.test", from: 2 }),
  ];
  expect(contactsAsPersons(contacts)[0]?.id).toBe("a");
  expect(contactsAsPersons(contacts, new Set(["b"]))[0]?.id).toBe("b");
  expect(contactsAsPersons(contacts.toReversed(), new Set(["a", "b"]))[0]?.id).toBe("a");
});

test("a list in which somebody is there twice is looked through anew for whom runs name", () => {
  const twice = [
    contact({ id: "a", email: "x@x.test", from: 1 }),
    contact({ id: "b", email: "x@x.test", from: 2 }),
  ];
  expect([...personsById(twice, () => new Set()).keys()]).toEqual(["a"]);
  expect([...personsById(twice, () => new Set(["b"])).keys()]).toEqual(["b"]);
  const once = [contact({ id: "b", email: null }), contact({ id: "a", email: "y@x.test" })];
  const persons = personsById(once, () => new Set());
  expect([...persons.keys()]).toEqual(["a", "b"]);
  expect(personsById(once, () => new Set(["b"]))).toBe(persons);
});
