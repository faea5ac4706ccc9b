import { isMap, isScalar, parseDocument } from "yaml";

/** Names that a model gives things, also while it has errors. */
export interface ModelNames {
  readonly facts: readonly string[];
  /** `power_user` of a flag; of a dimension its name and its entries. */
  readonly segments: readonly { readonly name: string; readonly entries: readonly string[] }[];
  readonly stages: readonly string[];
  readonly levels: readonly string[];
  readonly touchpoints: readonly string[];
  readonly programs: readonly string[];
  readonly bands: readonly string[];
  /** Of enumerated facts: their values. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

export function modelNames(source: string): ModelNames {
  const document = parseDocument(source, { logLevel: "silent" });
  const keys = (...path: string[]): string[] => {
    const node = document.getIn(path, true);
    if (!isMap(node)) return [];
    return node.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
  };
  const facts = keys("facts");
  return {
    facts,
    segments: keys("segments").map((name) => ({ name, entries: keys("segments", name, "one") })),
    stages: keys("lifecycle", "stages"),
    levels: keys("levels"),
    touchpoints: keys("touchpoints"),
    programs: keys("programs"),
    bands: [...keys("health", "bands"), "unknown"],
    values: Object.fromEntries(facts.map((name) => [name, wordsOf(document, name)])),
  };
}

function wordsOf(document: ReturnType<typeof parseDocument>, fact: string): string[] {
  const node = document.getIn(["facts", fact, "values"]) as
    | { readonly items?: readonly unknown[] }
    | undefined;
  return (node?.items ?? []).flatMap((item) => (isScalar(item) ? [String(item.value)] : []));
}
