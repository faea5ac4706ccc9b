import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

// RavenStack's files reckoned a second time, by hand, without the importer: what facts are held to.

const DATA = fileURLToPath(new URL("../../examples/ravenstack/data", import.meta.url));

/** Facts by name, as JSON shows them. */
export type Facts = { readonly [fact: string]: string | number | boolean | null };
export type Csv = Readonly<Record<string, string>>;

/** One of the plain files, read without the importer; no field that is looked at holds a comma. */
export function readCsv(name: string): Csv[] {
  const text = gunzipSync(readFileSync(`${DATA}/ravenstack_${name}.csv.gz`)).toString("utf8");
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const columns = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ""]));
  });
}

/** Rows by one of their columns. */
export function group(rows: readonly Csv[], column: string): Map<string, Csv[]> {
  const found = new Map<string, Csv[]>();
  for (const row of rows) {
    const key = row[column] ?? "";
    const list = found.get(key);
    if (list) list.push(row);
    else found.set(key, [row]);
  }
  return found;
}

/** What the newest subscription says that is open on a day and no trial. */
export function paidOn(subscriptions: readonly Csv[], day: string): Facts {
  const [newest] = subscriptions
    .filter(
      ({ is_trial: trial, start_date: start = "", end_date: end = "" }) =>
        trial === "False" && start <= day && (end === "" || day < end),
    )
    .toSorted((a, b) =>
      `${a["start_date"]} ${a["subscription_id"]}` < `${b["start_date"]} ${b["subscription_id"]}`
        ? 1
        : -1,
    );
  if (!newest)
    return {
      plan: null,
      arr: 0,
      mrr: 0,
      seats: 0,
      billing: null,
      auto_renew: null,
      renewal_date: null,
    };
  return {
    plan: newest["plan_tier"]?.toLowerCase() ?? null,
    arr: Number(newest["arr_amount"]),
    mrr: Number(newest["mrr_amount"]),
    seats: Number(newest["seats"]),
    billing: newest["billing_frequency"] ?? null,
    auto_renew: newest["auto_renew_flag"] === "True",
    renewal_date: anniversaryAfter(newest["start_date"] ?? "", day),
  };
}

/** The first anniversary of `start` after `day`; 29 February has its own on 28 February. */
function anniversaryAfter(start: string, day: string): string {
  const rest = start.slice(4) === "-02-29" ? "-02-28" : start.slice(4);
  const own = `${day.slice(0, 4)}${rest}`;
  return own > day && own > start ? own : `${Number(day.slice(0, 4)) + 1}${rest}`;
}

/** What an account's rows of usage add up to; nothing is known of one that is no customer yet. */
export function usedBy(rows: readonly Csv[], isKnown: boolean): Facts {
  if (!isKnown) return { every_row: null, all_uses: null, all_errors: null };
  const sum = (column: string): number => rows.reduce((all, row) => all + Number(row[column]), 0);
  return { every_row: rows.length, all_uses: sum("usage_count"), all_errors: sum("error_count") };
}
