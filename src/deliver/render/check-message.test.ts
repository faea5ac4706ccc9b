import { expect, test } from "vitest";
import { checkMessage } from "./check-message.ts";
import { MESSAGE_NAMES, messageWorld } from "./message-world.ts";
import { sampleScene } from "../testing/sample-scene.ts";

const NAMES = { facts: ["seats", "nps", "level"], contactTraits: ["favourite"] };

function problems(source: string): string[] {
  return checkMessage("messages/welcome.en.liquid", source, NAMES).map(
    ({ file, line, column, severity, message, hint }) =>
      `${file}:${line}:${column} ${severity}: ${message}${hint === undefined ? "" : ` ${hint}`}`,
  );
}

test.each([
  "subject: Hi {{ contact.name | default: owner.name }}\n\n{% for x in facts.nps %}{{ x.y }}{% endfor %}",
  "subject: Hi\nsurvey: nps\n\n{{ survey }} {{ contact.favourite }} {{ touch.starts_at | date: '%H' }}",
  "subject: Hi\n\n{% assign first = account.name %}{{ first }} {{ unsubscribe_url }} {{ facts.level }}",
])("nothing is wrong with a message that can be made: %s", (source) => {
  expect(problems(source)).toEqual([]);
});

test.each([
  [
    "subject: Hi\n\n{{ acount.name }}",
    "3:4 error: There is nothing called `acount`. Did you mean `account`?",
  ],
  [
    "subject: {{ account.nam }}\n\nx",
    "1:13 error: There is nothing called `account.nam`. Did you mean `name`?",
  ],
  [
    "subject: Hi\n\n{% if facts.npss %}x{% endif %}",
    "3:7 error: There is nothing called `facts.npss`. Did you mean `nps`?",
  ],
  ["subject: Hi\n\n{{ survey }}", "3:4 error: There is nothing called `survey`."],
  ["subject: Hi\n\n{{ contact.name | uper }}", "3:1 error: undefined filter: uper"],
  ["subject: Hi\n\n{% if facts.nps %}x", "3:1 error: tag {% if facts.nps %} not closed"],
  ["subjct: Hi\n\nx", "1:1 error: there is no head `subjct`: did you mean subject?"],
  [
    "subject: Hi\n\n {{ contact.favorite }}",
    "3:5 warning: The model declares no contact trait `favorite`. Did you mean `favourite`? If not, declare it under `contacts:`.",
  ],
])("%s is told with its place", (source, told) => {
  expect(problems(source)).toEqual([`messages/welcome.en.liquid:${told}`]);
});

test("the names that are checked are those that messages get", () => {
  const world = messageWorld(sampleScene("x", { contact: null, contactTraits: [] }), null, null);
  const { facts: _, ...got } = Object.fromEntries(
    Object.entries(world).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null ? Object.keys(value).toSorted() : null,
    ]),
  );
  const checked = Object.entries(MESSAGE_NAMES).map(([name, names]) => [
    name,
    names?.toSorted() ?? null,
  ]);
  expect(got).toEqual(Object.fromEntries(checked));
});
