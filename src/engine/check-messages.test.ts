import { expect, test } from "vitest";
import type { Diagnostic } from "../core/model/index.ts";
import { checkModel } from "./check-model.ts";
import { refuseBadMessages, sourceOf } from "./check-messages.ts";
import type { MessageNames } from "./ports/message-check.ts";

const FILES = {
  file: "model.yaml",
  source: `touchstone: 1
name: Small
workspace: { timezone: Europe/Berlin, currency: EUR }
facts: { seats: { type: number } }
contacts: { favourite: { type: string } }
levels: { low: { often: 4w, channels: [email], kinds: [hello], by: pool, drives: [adoption] } }
touch: { base: [{ otherwise: low }] }
touchpoints:
  hello: { title: Hello, purpose: educational, channel: email, by: automation, template: hello, succeeds: seen, drives: adoption }
programs: { hello: { when: seats > 1, steps: [{ touch: hello, after: 0d }] } }
`,
  messages: { "hello.en": "subject: Hi\n\n{{ x }}", "old.en": "{{ y }}" },
};

function bad(file: string, source: string): readonly Diagnostic[] {
  const place = { line: 3, column: 4, end_column: 5 };
  return [{ code: "bad-message", severity: "error", message: source, file, ...place }];
}

test("the messages of touchpoints are checked, with the names that they may use", () => {
  const seen: MessageNames[] = [];
  const { diagnostics } = checkModel(FILES, (file, source, names) => {
    seen.push(names);
    return bad(file, source);
  });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual(
    bad("messages/hello.en.liquid", FILES.messages["hello.en"]),
  );
  expect(seen).toHaveLength(1);
  expect(seen[0]?.contactTraits).toEqual(["favourite"]);
  expect(seen[0]?.facts).toEqual(expect.arrayContaining(["seats", "today", "level"]));
});

test("each is shown with the text of its own file", () => {
  const [one] = bad("messages/hello.en.liquid", "");
  if (!one) throw new Error("there is one");
  expect(sourceOf(one, FILES)).toBe(FILES.messages["hello.en"]);
  expect(sourceOf({ ...one, file: "model.yaml" }, FILES)).toBe(FILES.source);
});

test("a model with a message that cannot be made does not go live", () => {
  expect(() => {
    refuseBadMessages(FILES, bad("messages/hello.en.liquid", "no such name"));
  }).toThrow("model.yaml was not applied: messages/hello.en.liquid:3:4: no such name");
  expect(() => {
    refuseBadMessages(FILES, []);
  }).not.toThrow();
});
