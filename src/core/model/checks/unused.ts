import type { CheckedModel } from "./checked-model.ts";

/** Warns of what is declared and never used: mostly a name that was changed in one place only. */
export function checkUnused({ reading }: CheckedModel): void {
  // In a model with errors a use may stand where nothing could be read.
  const doubtful = reading.hasErrors ? wordsTwice(reading.text) : new Set<string>();
  for (const [name, at] of reading.names.of("fact")) {
    if (reading.isUsed("fact", name) || doubtful.has(name)) continue;
    reading.report("unused-fact", at, `Nothing uses the fact ${name}.`);
  }
  for (const [name, at] of reading.names.of("touchpoint")) {
    if (reading.isUsed("touchpoint", name) || doubtful.has(name)) continue;
    reading.report("unused-touchpoint", at, `No program uses the touchpoint ${name}.`);
  }
}

function wordsTwice(text: string): ReadonlySet<string> {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const [word] of text.matchAll(/\w+/g)) (once.has(word) ? twice : once).add(word);
  return twice;
}
