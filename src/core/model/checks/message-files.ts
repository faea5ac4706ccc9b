import { type CheckedModel, placeOf, valueIn } from "./checked-model.ts";

/**
 * Messages are files beside the model, `messages/<template>.<locale>.liquid`. Warns of those
 * that a touchpoint names and that are not there, and of those that no touchpoint names.
 */
export function checkMessageFiles(checked: CheckedModel, messages: ReadonlySet<string>): void {
  const { model, reading } = checked;
  const there = new Set([...messages].map(templateOf));
  const named = new Set<string>();
  for (const { name, template, human } of model.touchpoints) {
    if (template === undefined) continue;
    named.add(template);
    if (there.has(template)) continue;
    const at =
      valueIn(checked, "touchpoints", name, "template") ?? placeOf(checked, "touchpoints", name);
    const message = `There is no file messages/${template}.en.liquid (or of another locale).`;
    const hint = human
      ? undefined
      : "Without it the model cannot go live: the touch sends nothing.";
    reading.report("missing-message", at, message, hint);
  }
  for (const file of messages) {
    if (named.has(templateOf(file))) continue;
    const at = checked.root.entries.find(({ key }) => key === "touchpoints")?.keySpan;
    const message = `No touchpoint uses messages/${file}.liquid.`;
    const hint = reading.didYouMean(templateOf(file), [...named]);
    reading.report("unused-template", at ?? checked.root, message, hint);
  }
}

/** `welcome.en` → `welcome`. */
function templateOf(file: string): string {
  const dot = file.indexOf(".");
  return dot < 0 ? file : file.slice(0, dot);
}
