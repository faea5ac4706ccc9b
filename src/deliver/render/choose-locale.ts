export interface ChosenMessage {
  /** As in the file's name; null: the file names none. */
  readonly locale: string | null;
  /** Key of the message: `welcome.pt-BR`. */
  readonly key: string;
  readonly source: string;
}

/**
 * The message file that fits a reader best: their locale exactly (`pt-BR`), its language (`pt`),
 * another country's (`pt-PT`), then the fallback and its language, else the first there is.
 */
export function chooseMessage(
  messages: Readonly<Record<string, string>>,
  template: string,
  locale: string | null,
  fallback: string,
): ChosenMessage | null {
  const found = Object.entries(messages)
    .map(([key, source]) => ({ key, source, locale: localeOf(key, template) }))
    .filter((one): one is ChosenMessage => one.locale !== undefined)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  for (const wanted of [locale, fallback]) {
    const fits = wanted === null ? undefined : closest(found, folded(wanted));
    if (fits) return fits;
  }
  return found[0] ?? null;
}

/** undefined: another template's. */
function localeOf(key: string, template: string): string | null | undefined {
  if (key === template) return null;
  return key.startsWith(`${template}.`) ? key.slice(template.length + 1) : undefined;
}

function closest(found: readonly ChosenMessage[], wanted: string): ChosenMessage | undefined {
  const language = wanted.split("-")[0];
  // sorted, so the language alone comes before its countries
  const named = found.map((one) => ({ one, tag: folded(one.locale ?? "") }));
  const best =
    named.find(({ tag }) => tag === wanted) ??
    named.find(({ tag }) => tag.split("-")[0] === language);
  return best?.one;
}

/** `pt_BR.UTF-8`, `PT-br` → `pt-br`. */
function folded(locale: string): string {
  return locale.split(".")[0]?.replaceAll("_", "-").toLowerCase() ?? "";
}
