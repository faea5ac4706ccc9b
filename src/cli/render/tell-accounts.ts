import type { Decision } from "../../core/decide/index.ts";
import { accountHead, accountLine } from "../../engine/account-csv.ts";
import type { AccountList } from "../../engine/list-accounts.ts";
import { revenueOf } from "../../engine/overview.ts";
import { csvLine } from "../../engine/csv-line.ts";
import { table } from "./table.ts";
import { counted, money } from "./words.ts";

export function tellAccounts({ model, accounts, total }: AccountList): string {
  if (accounts.length === 0) return total === 0 ? "No accounts." : "No account fits.";
  const rows = accounts.map(({ id, name, owner, decision }) => [
    id,
    name ?? "",
    money(model, revenueOf(model, decision)),
    `${decision.level?.name ?? "-"}${decision.level?.held ? " (held)" : ""}${decision.level?.pinned ? " (pinned)" : ""}`,
    decision.stage?.name ?? "-",
    health(decision),
    segmentNames(decision).join(" "),
    owner ?? "",
  ]);
  const heads = ["id", "name", "revenue", "level", "stage", "health", "segments", "owner"];
  return `${table(
    heads.map((head) => ({
      head,
      align: head === "revenue" ? ("right" as const) : ("left" as const),
    })),
    rows,
  )}\n  ${counted(total, "account")}`;
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

export function accountsJson({ accounts, total }: AccountList): unknown {
  return {
    total,
    accounts: accounts.map(({ id, name, owner, decision }) => ({
      id,
      name,
      owner,
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

export function accountsCsv({ model, accounts }: AccountList): string {
  const lines = accounts.map((account) => accountLine(model, account));
  return [accountHead(model), ...lines].map(csvLine).join("\n");
}
