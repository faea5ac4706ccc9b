import type { Decision } from "../../core/decide/index.ts";
import { formatDay } from "../../core/time/day.ts";
import { accountHead, accountLine } from "../../engine/account-csv.ts";
import type { AccountList } from "../../engine/list-accounts.ts";
import type { AccountListThen } from "../../engine/looking-back/list-accounts-then.ts";
import { revenueOf } from "../../engine/revenue-of.ts";
import { csvLine } from "../../engine/csv-line.ts";
import { table } from "./table.ts";
import { count, counted, money } from "./words.ts";

/** @param people names of the team's members by id */
export function tellAccounts(
  list: AccountList | AccountListThen,
  people: ReadonlyMap<string, string>,
): string {
  const { model, accounts, total } = list;
  const then = "day" in list ? tellThen(list) : "";
  if (accounts.length === 0) return `${hasNone(list) ? "No accounts." : "No account fits."}${then}`;
  const rows = accounts.map(({ id, name, owner, decision }) => [
    id,
    name ?? "",
    money(model, revenueOf(model, decision)),
    `${decision.level?.name ?? "-"}${decision.level?.held ? " (held)" : ""}${decision.level?.pinned ? " (pinned)" : ""}`,
    decision.stage?.name ?? "-",
    health(decision),
    segmentNames(decision).join(" "),
    owner === null ? "" : (people.get(owner) ?? owner),
  ]);
  const heads = ["id", "name", "revenue", "level", "stage", "health", "segments", "owner"];
  return `${table(
    heads.map((head) => ({
      head,
      align: head === "revenue" ? ("right" as const) : ("left" as const),
    })),
    rows,
  )}\n  ${counted(total, "account")}${then}`;
}

function hasNone(list: AccountList | AccountListThen): boolean {
  return "day" in list ? list.counts.stored + list.counts.computed === 0 : list.total === 0;
}

/** Of a past day: by which model, what is known of that day and what is not. */
function tellThen({ day, model, version, counts }: AccountListThen): string {
  const { stored, computed, closed, notKnown } = counts;
  const of = [
    ...(stored > 0 ? [`${count(stored)} as stored that day`] : []),
    ...(computed > 0 ? [`${count(computed)} worked out from what had happened by then`] : []),
  ];
  const left = [
    ...(closed > 0 ? [`${count(closed)} closed`] : []),
    ...(notKnown > 0 ? [`${count(notKnown)} not known yet`] : []),
  ];
  return [
    `\n  As of ${formatDay(day)}, by ${model.name}, version ${version}; names and owners are today's.`,
    ...(of.length > 0 ? [`  Decisions: ${of.join(", ")}.`] : []),
    ...(left.length > 0 ? [`  Left out: ${left.join(", ")}.`] : []),
  ].join("\n");
}

function health({ health: { score, band } }: Decision): string {
  return score === null ? band : `${band} ${Math.round(score)}`;
}

/** `value.core power_user`. */
function segmentNames({ segments }: Decision): string[] {
  return Object.entries(segments).flatMap(([name, segment]) => {
    if ("in" in segment) return segment.in ? [name] : [];
    return segment.name === null ? [] : [`${name}.${segment.name}`];
  });
}

export function accountsJson(list: AccountList | AccountListThen): unknown {
  const { accounts, total } = list;
  return {
    ...("day" in list ? thenJson(list) : {}),
    total,
    accounts: accounts.map(({ id, name, owner, decision, ...then }) => ({
      id,
      name,
      owner,
      ...then,
      level: decision.level?.name ?? null,
      base_level: decision.level?.base ?? null,
      held: decision.level?.held ?? false,
      stage: decision.stage?.name ?? null,
      stage_status: decision.stage?.status ?? null,
      health: decision.health.score,
      health_band: decision.health.band,
      segments: decision.segments,
      facts: decision.facts,
    })),
  };
}

function thenJson({ day, version, counts }: AccountListThen): object {
  const { stored, computed, closed, notKnown } = counts;
  return {
    at: formatDay(day),
    model_version: version,
    counts: { stored, computed, closed, not_known: notKnown },
  };
}

export function accountsCsv({ model, accounts }: AccountList): string {
  const lines = accounts.map((account) => accountLine(model, account));
  return [accountHead(model), ...lines].map(csvLine).join("\n");
}
