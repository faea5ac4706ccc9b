import { nearest } from "../core/text/nearest.ts";
import type { StatementName } from "../engine/ports.ts";
import { SHAPES } from "./known-columns.ts";
import { SHORT_FORM_SHAPES, snakeCase } from "./short-form.ts";

/** How a column's values look, for people. */
export type ColumnKind = "number" | "boolean" | "date" | "time" | "text" | "nested";

export interface SniffedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** A trait that the touch model asks for. */
export interface WantedTrait {
  readonly trait: string;
  /** `number`, `string`, `boolean`, `date`, `time`. */
  readonly type: string;
}

export interface SuggestedColumn {
  readonly from: string;
  readonly to: string;
  /** `known`: a column with a meaning of its own; `wanted`: the model asks for it; `own`: its own name. */
  readonly why: "known" | "wanted" | "own";
}

export interface Suggestion {
  readonly kind: StatementName;
  readonly columns: readonly SuggestedColumn[];
  /** Columns that every row needs and none of the file's looks like. */
  readonly missing: readonly string[];
}

/** What ids and days are called in lists that people keep by hand. */
const MORE_NAMES: Readonly<
  Partial<Record<StatementName, Readonly<Record<string, readonly string[]>>>>
> = {
  accounts: {
    account_id: ["customer_no", "customer_number", "account_no", "account_number", "customer_code"],
    created_at: ["signed_up", "signup", "start_date", "contract_start", "customer_from"],
    account_name: ["client", "client_name", "organization", "organisation"],
    owner: ["csm_name", "account_manager", "success_manager"],
  },
  contacts: {
    contact_id: ["contact_no", "contact_number"],
    account_id: ["customer_no", "customer_number", "account_no", "account_number"],
  },
  events: { account_id: ["customer_no", "customer_number", "account_no", "account_number"] },
};

/** What the columns of a team's list are called elsewhere; the other kinds' are the short forms'. */
const TEAM: Readonly<Record<string, readonly string[]>> = {
  id: ["id", "member_id", "user_id", "employee_id", "owner_id", "email", "email_address"],
  name: ["name", "full_name", "member"],
  email: ["email", "email_address", "work_email"],
  role: ["role", "title", "job_title"],
  access: ["access", "access_level"],
  hours_per_week: ["hours_per_week", "weekly_hours", "hours"],
  pod: ["pod", "team", "squad"],
  timezone: ["timezone", "time_zone"],
  region: ["region", "territory"],
  languages: ["languages", "language"],
  skills: ["skills"],
  starts_on: ["starts_on", "start_date", "hired_on"],
  leave: ["leave", "time_off", "absences"],
};

/** Headers that mean the name as often as the id. */
const LOOSE: ReadonlySet<string> = new Set(["account", "company", "customer"]);

/** What facts of the templates are called in CRMs and billing systems. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  arr: ["annual_recurring_revenue", "annual_revenue", "acv", "annual_contract_value", "revenue"],
  mrr: ["monthly_recurring_revenue", "monthly_revenue"],
  plan: ["plan_name", "subscription_plan", "subscription", "tier", "edition", "package"],
  seats: ["licenses", "licences", "license_count", "seat_count", "number_of_seats", "quantity"],
  renewal_date: ["renewal", "renews_on", "next_renewal", "contract_end", "contract_end_date"],
  industry: ["vertical", "sector"],
  growth_potential: ["expansion_potential", "potential", "upsell_potential"],
  open_expansion: ["open_pipeline", "expansion_pipeline", "open_opportunities"],
  champion: ["has_champion"],
  strategic: ["is_strategic", "strategic_account", "key_account"],
  complexity: ["implementation_complexity"],
  plan_limit: ["usage_limit", "quota"],
};

/** What each column most likely is, taken the file is a list of these. */
export function suggestMapping(
  kind: StatementName,
  columns: readonly SniffedColumn[],
  wanted: readonly WantedTrait[],
): Suggestion {
  const free = new Map(columns.map((column) => [column.name, column]));
  const found = new Map<string, SuggestedColumn>();
  const take = (from: string, to: string, why: SuggestedColumn["why"]): void => {
    found.set(from, { from, to, why });
    free.delete(from);
  };
  const taken = kind === "team" ? TEAM : SHORT_FORM_SHAPES[kind].taken;
  for (const [known, names] of Object.entries(taken)) {
    const more = MORE_NAMES[kind]?.[known] ?? [];
    // an id by a number's name goes before one that is only the company's name
    const sure = names.filter((name) => !LOOSE.has(name));
    const from = firstNamed([...sure, ...more, ...names], free.values());
    if (from !== undefined) take(from, known, "known");
  }
  joinNames(kind, found, free, take);
  const traits = kind === "accounts" ? wanted : [];
  for (const trait of traits) {
    const from = columnFor(trait, free);
    if (from !== undefined) take(from, trait.trait, "wanted");
  }
  const used = new Set([...found.values()].map(({ to }) => to));
  for (const { name } of free.values()) {
    let to = snakeCase(name);
    for (let n = 2; used.has(to) || to === "rowid"; n++) to = `${snakeCase(name)}_${n}`;
    used.add(to);
    found.set(name, { from: name, to, why: "own" });
  }
  return {
    kind,
    columns: columns.flatMap(({ name }) => found.get(name) ?? []),
    missing: SHAPES[kind].known
      .filter(({ name, key }) => key && !used.has(name))
      .map(({ name }) => name),
  };
}

/** The kind whose needs the file meets best: nothing missing, then most columns known. */
export function likeliestKind(suggestions: readonly Suggestion[]): StatementName {
  const score = ({ kind, columns, missing }: Suggestion): number => {
    const known = columns.filter(({ why }) => why !== "own");
    const told = known.filter(({ to }) => TELLING[kind].has(to)).length;
    return told * 3 + known.length - missing.length * 4;
  };
  let best = suggestions[0];
  for (const one of suggestions) if (best && score(one) > score(best)) best = one;
  return best?.kind ?? "accounts";
}

/** Columns that hardly any other kind of list has. */
const TELLING: { readonly [K in StatementName]: ReadonlySet<string> } = {
  accounts: new Set(["account_name", "arr", "renewal_date", "plan", "seats", "closed_at"]),
  contacts: new Set(["email", "contact_id"]),
  events: new Set(["event", "at", "message_id"]),
  team: new Set(["access", "hours_per_week", "pod", "leave", "starts_on"]),
};

function joinNames(
  kind: StatementName,
  found: ReadonlyMap<string, SuggestedColumn>,
  free: ReadonlyMap<string, SniffedColumn>,
  take: (from: string, to: string, why: "known") => void,
): void {
  const has = [...found.values()].some(({ to }) => to === "name");
  if ((kind !== "contacts" && kind !== "team") || has) return;
  for (const part of ["first_name", "last_name"]) {
    const from = firstNamed([part], free.values());
    if (from !== undefined) take(from, "name", "known");
  }
}

function firstNamed(names: readonly string[], free: Iterable<SniffedColumn>): string | undefined {
  const all = [...free];
  for (const name of names) {
    const column = all.find((one) => snakeCase(one.name) === name);
    if (column) return column.name;
  }
  return undefined;
}

/** By its name, else by one it has elsewhere, else by one that is nearly it and holds such values. */
function columnFor(
  { trait, type }: WantedTrait,
  free: ReadonlyMap<string, SniffedColumn>,
): string | undefined {
  const all = [...free.values()];
  const bare = (name: string): string =>
    snakeCase(name).replace(/_(usd|eur|gbp|myr|sgd|aud|inr)$/, "");
  const exact = firstNamed([snakeCase(trait)], all);
  if (exact !== undefined) return exact;
  const others = [snakeCase(trait), ...(OTHER_NAMES[trait] ?? [])];
  for (const name of others) {
    const column = all.find((one) => bare(one.name) === name && fits(type, one.kind));
    if (column) return column.name;
  }
  const fitting = all.filter(({ kind }) => fits(type, kind));
  const meant = nearest(
    snakeCase(trait),
    fitting.map(({ name }) => snakeCase(name)),
  );
  return fitting.find(({ name }) => snakeCase(name) === meant)?.name;
}

function fits(type: string, kind: ColumnKind): boolean {
  if (type === "string") return kind === "text" || kind === "number";
  if (type === "date" || type === "time") return kind === "date" || kind === "time";
  if (type === "boolean") return kind === "boolean" || kind === "text" || kind === "number";
  return kind === type;
}
