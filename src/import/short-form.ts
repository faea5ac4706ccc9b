import { basename, dirname, resolve } from "node:path";
import { nearest } from "../core/text/nearest.ts";
import { findFiles } from "./find-files.ts";
import { ImportError } from "./import-error.ts";
import { columnNames } from "./load-files.ts";
import { openDatabase } from "./open-database.ts";
import { identifier } from "./sql-text.ts";
import type { FileTable, ImportDefinition } from "./types.ts";

export type ShortFormKind = "accounts" | "contacts" | "events";

export interface ShortFormOptions {
  /** The header of the column with the row's own id (`account_id`, `contact_id`, `message_id`). */
  readonly id?: string | undefined;
  /** Known column → header, where what is taken by itself is wrong. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
}

interface Shape {
  /** Known column → headers (as snake_case) it is taken from, likeliest first. */
  readonly taken: Readonly<Record<string, readonly string[]>>;
  readonly own: string;
  readonly required: readonly string[];
}

const ACCOUNT_IDS = [
  "account_id",
  "company_id",
  "customer_id",
  "organization_id",
  "organisation_id",
  "org_id",
];
const OTHER_ACCOUNT_IDS = ["tenant_id", "workspace_id", "group_id"];

export const SHORT_FORM_SHAPES: Readonly<Record<ShortFormKind, Shape>> = {
  accounts: {
    own: "account_id",
    required: ["account_id"],
    taken: {
      account_id: [
        ...ACCOUNT_IDS,
        "id",
        "record_id",
        ...OTHER_ACCOUNT_IDS,
        "account",
        "company",
        "customer",
      ],
      account_name: [
        "account_name",
        "company_name",
        "customer_name",
        "organization_name",
        "name",
        "account",
        "company",
        "customer",
      ],
      owner: [
        "owner",
        "owner_id",
        "account_owner",
        "company_owner",
        "customer_success_manager",
        "csm",
      ],
      parent_id: ["parent_id", "parent_account_id", "parent_company_id"],
      created_at: [
        "created_at",
        "create_date",
        "created_date",
        "created",
        "signup_date",
        "signed_up_at",
        "customer_since",
      ],
      closed_at: ["closed_at", "churn_date", "churned_at", "cancelled_at", "canceled_at"],
      timezone: ["timezone", "time_zone"],
      as_of: ["as_of", "as_of_date", "snapshot_date"],
    },
  },
  contacts: {
    own: "contact_id",
    required: ["contact_id", "account_id"],
    taken: {
      account_id: [
        ...ACCOUNT_IDS,
        "associated_company_id",
        "primary_associated_company_id",
        "associated_company_ids_primary",
        ...OTHER_ACCOUNT_IDS,
        "account",
        "company",
        "customer",
      ],
      contact_id: [
        "contact_id",
        "id",
        "record_id",
        "user_id",
        "person_id",
        "email",
        "email_address",
      ],
      user_id: ["user_id"],
      email: ["email", "email_address", "work_email"],
      name: ["name", "full_name", "contact_name"],
      role: ["role", "title", "job_title"],
      timezone: ["timezone", "time_zone"],
      locale: ["locale", "language", "preferred_language"],
      created_at: ["created_at", "create_date", "created_date"],
      as_of: ["as_of", "as_of_date", "snapshot_date"],
    },
  },
  events: {
    own: "message_id",
    required: ["account_id", "event", "at"],
    taken: {
      account_id: [...ACCOUNT_IDS, ...OTHER_ACCOUNT_IDS, "account", "company", "customer"],
      event: ["event", "event_name", "event_type", "name", "action", "type"],
      at: [
        "at",
        "timestamp",
        "occurred_at",
        "happened_at",
        "event_time",
        "time",
        "created_at",
        "date",
        "event_date",
      ],
      user_id: ["user_id", "contact_id", "user", "user_email", "email"],
      message_id: ["message_id", "event_id", "id", "uuid"],
    },
  },
};

/** `import accounts FILE`: the import that a person would write for a file that says it all itself. */
export async function shortForm(
  kind: ShortFormKind,
  file: string,
  options: ShortFormOptions = {},
): Promise<ImportDefinition> {
  const folder = dirname(resolve(file));
  const table: FileTable = {
    table: "rows",
    paths: [basename(file)],
    format: undefined,
    csv: {},
    line: undefined,
  };
  const headers = await readHeaders(table, folder);
  const sql = shortFormSql(kind, headers, options, file);
  return {
    file,
    folder,
    files: [table],
    prepare: [],
    shiftTo: undefined,
    timezone: undefined,
    outcome: [],
    statements: [{ name: kind, sql, line: undefined }],
  };
}

/** The headers' meaning as a statement: known columns where they are known, all others by their own name. */
export function shortFormSql(
  kind: ShortFormKind,
  headers: readonly string[],
  options: ShortFormOptions,
  file: string,
): string {
  const shape = SHORT_FORM_SHAPES[kind];
  const taken = takeColumns(shape, headers, options, file);
  const used = new Set(Object.keys(shape.taken));
  const selected = [...taken].map(
    ([known, header]) => `${identifier(header)} as ${identifier(known)}`,
  );
  const free = new Set(headers.filter((header) => ![...taken.values()].includes(header)));
  if (kind === "contacts" && !taken.has("name")) {
    const parts = ["first_name", "last_name"].flatMap((part) =>
      [...free].filter((h) => snakeCase(h) === part).slice(0, 1),
    );
    if (parts.length > 0) {
      selected.push(
        `nullif(trim(concat_ws(' ', ${parts.map(identifier).join(", ")})), '') as name`,
      );
      for (const part of parts) free.delete(part);
    }
  }
  for (const header of free)
    selected.push(`${identifier(header)} as ${identifier(freshName(snakeCase(header), used))}`);
  return `select\n  ${selected.join(",\n  ")}\nfrom rows`;
}

function takeColumns(
  shape: Shape,
  headers: readonly string[],
  options: ShortFormOptions,
  file: string,
): ReadonlyMap<string, string> {
  const wanted = new Map(Object.entries(options.columns ?? {}));
  if (options.id !== undefined) wanted.set(shape.own, options.id);
  const taken = new Map<string, string>();
  for (const [known, header] of wanted) taken.set(known, findHeader(header, headers, file));
  const free = (): readonly string[] =>
    headers.filter((header) => ![...taken.values()].includes(header));
  for (const [known, names] of Object.entries(shape.taken)) {
    if (taken.has(known)) continue;
    const found = names.flatMap((name) => free().filter((header) => snakeCase(header) === name))[0];
    if (found !== undefined) taken.set(known, found);
  }
  for (const known of shape.required) {
    if (taken.has(known)) continue;
    const way = known === shape.own ? "say --id COLUMN" : `name a column ${known}`;
    const message = `${file}: no column looks like ${known}; ${way} (its columns: ${headers.join(", ")})`;
    throw new ImportError("import-file-invalid", message);
  }
  return taken;
}

function findHeader(wanted: string, headers: readonly string[], file: string): string {
  const found =
    headers.find((header) => header === wanted) ??
    headers.find((header) => snakeCase(header) === snakeCase(wanted));
  if (found !== undefined) return found;
  const meant = nearest(wanted, headers);
  const hint =
    meant === undefined ? `its columns: ${headers.join(", ")}` : `did you mean ${meant}?`;
  throw new ImportError("import-file-invalid", `${file}: there is no column ${wanted} (${hint})`);
}

/** `Annual Revenue`, `annualRevenue`, `Annual revenue (USD)` → names that a model can use. */
export function snakeCase(header: string): string {
  const plain = header.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  const words = plain
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .toLowerCase();
  if (words === "") return "column";
  return /^[a-z]/.test(words) ? words : `n_${words}`;
}

function freshName(name: string, used: Set<string>): string {
  let fresh = name;
  for (let n = 2; used.has(fresh); n++) fresh = `${name}_${n}`;
  used.add(fresh);
  return fresh;
}

async function readHeaders(table: FileTable, folder: string): Promise<readonly string[]> {
  const database = await openDatabase({ today: 0 }, "UTC");
  try {
    return await columnNames(table, await findFiles(table, folder, database), database);
  } finally {
    await database.close();
  }
}
