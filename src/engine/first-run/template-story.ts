/** A template's README in the few words of it that somebody reads who has to choose one. */
export interface TemplateStory {
  readonly title: string;
  /** What it does: the first paragraph. */
  readonly story: string;
  /** Whom it suits. */
  readonly suits: string;
  /** What it needs of the data, where that is told in sentences. */
  readonly needs: string;
  /** Fact or event → what happens without it, where that is told in a table. */
  readonly without: Readonly<Record<string, string>>;
}

/** A paragraph that says too little by itself. */
const SHORT = 90;

export function templateStory(readme: string): TemplateStory {
  const paragraphs = readme.split(/\n{2,}/).map((text) => text.trim());
  const title = /^#\s+(.+)$/m.exec(readme)?.[1] ?? "";
  const told = paragraphs.filter((text) => text !== "" && !/^([#|*]|\d+\.)/.test(text));
  const [first = "", second = ""] = told;
  const story = first.length < SHORT ? `${first.replace(/:$/, ".")} ${second}` : first;
  const suits = paragraphs.find((text) => text.startsWith("**Whom it suits:**")) ?? "";
  const section = /^## Data it needs\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(readme)?.[1] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return {
    title,
    story: bare(story),
    suits: bare(suits.replace("**Whom it suits:**", "")),
    needs: rows.length > 0 ? "" : bare(section),
    without: Object.fromEntries(rows.slice(2).flatMap(withoutOf)),
  };
}

/** `| a, b | from | without |` → both names with what happens without them. */
function withoutOf(row: string): [string, string][] {
  const [what = "", , without = ""] = row
    .split("|")
    .slice(1)
    .map((cell) => cell.trim());
  const names = [...what.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
  // one word for each of them, or one sentence for all
  const each = without.split(",").map((part) => bare(part));
  const isEach = names.length > 2 && each.length === names.length;
  return names.map((name, place) => [name, isEach ? (each[place] ?? "") : bare(without)]);
}

/** Markdown's signs taken off. */
function bare(text: string): string {
  return text
    .replaceAll(/[`*]/g, "")
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replaceAll(/\s+/g, " ")
    .trim();
}
