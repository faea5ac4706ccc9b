import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { HealthBar, LevelBadge } from "../../ui/badges.tsx";
import { IconClock, IconPin } from "../../ui/icons.ts";
import { Tip } from "../../ui/tip.tsx";
import type { Column, PortfolioItem } from "./portfolio-data.ts";

interface CellProps {
  readonly column: string;
  readonly spec: Column | undefined;
  readonly item: PortfolioItem;
  readonly ownerName: (id: string) => string;
  /** Narrows the list down to accounts with this value. */
  readonly onOnly: (column: string, value: string | boolean | null) => void;
}

/**
 * One value of an account as people read it; clicking it narrows the list down to it. Plain elements: some three
 * hundred are drawn at once.
 */
export function Cell({ column, spec, item, ownerName, onOnly }: CellProps) {
  const format = useFormat();
  const { revenue, renewal } = useWorkspace();
  const t = useText("portfolio");
  const value = item.values[column];
  const only = (of: string | boolean | null, shown: string, children: ReactNode) => (
    <button
      type="button"
      tabIndex={-1}
      className="cell-value"
      title={t("onlyThis", { value: shown })}
      onClick={() => onOnly(column, of)}
    >
      {children}
    </button>
  );
  const muted = <span className="cell-none">–</span>;
  switch (column) {
    case "level": {
      if (typeof value !== "string") return muted;
      return (
        <span className="cell-parts">
          {only(value, value, <LevelBadge level={value} />)}
          {item.values["level.pinned"] === true && (
            <Tip label={t("pinned")}>
              <IconPin size={13} aria-label={t("pinned")} />
            </Tip>
          )}
        </span>
      );
    }
    case "stage": {
      if (typeof value !== "string") return muted;
      return (
        <span className="cell-parts">
          {only(value, value, value)}
          {item.values["stage.status"] === "overdue" && (
            <Tip label={t("overdue")}>
              <IconClock size={13} color="var(--ts-red)" aria-label={t("overdue")} />
            </Tip>
          )}
        </span>
      );
    }
    case "health": {
      const band = item.values["health_band"];
      if (typeof value !== "number") return muted;
      return (
        <button
          type="button"
          tabIndex={-1}
          className="cell-value"
          title={t("onlyThis", { value: String(band) })}
          onClick={() => onOnly("health_band", typeof band === "string" ? band : null)}
        >
          <HealthBar score={value} band={typeof band === "string" ? band : null} />
        </button>
      );
    }
    case "account.owner": {
      const shown = typeof value === "string" ? ownerName(value) : t("nobody");
      return only(
        typeof value === "string" ? value : null,
        shown,
        <span className={typeof value === "string" ? undefined : "cell-none"}>{shown}</span>,
      );
    }
    case "touch.next":
      if (typeof value !== "string") return muted;
      return (
        <span className="cell-text">
          <span className={format.daysFromToday(value) < 0 ? "cell-late tabular" : "tabular"}>
            {format.shortDay(value)}
          </span>{" "}
          <span className="cell-none">{String(item.values["touch.next_title"] ?? "")}</span>
        </span>
      );
    case "segments":
      if (!Array.isArray(value) || value.length === 0) return muted;
      return (
        <span className="cell-parts">
          {value.map((segment) => (
            <button
              type="button"
              key={segment}
              tabIndex={-1}
              title={t("onlyThis", { value: segment })}
              onClick={() => onOnly("segments", segment)}
            >
              <Badge color="gray" variant="light" style={{ cursor: "pointer" }}>
                {segment.replace(/^.*:/, "").replaceAll("_", " ")}
              </Badge>
            </button>
          ))}
        </span>
      );
    default:
  }
  if (value === null || value === undefined) return muted;
  if (typeof value === "number") {
    const isMoney = column === revenue || (spec?.unit ?? "").length === 3;
    return (
      <span className="cell-number tabular">
        {isMoney ? format.money(value) : format.number(value, Math.abs(value) < 10 ? 2 : 0)}
      </span>
    );
  }
  if (spec?.type === "date" || column === renewal) {
    const day = String(value);
    return (
      <span className="tabular" title={format.fromToday(day)}>
        {format.day(day)}
      </span>
    );
  }
  if (typeof value === "boolean")
    return only(value, value ? t("yes") : t("no"), value ? t("yes") : t("no"));
  if (spec?.in_rules && spec.type === "string")
    return only(String(value), String(value), String(value));
  return (
    <span className="cell-text" title={String(value)}>
      {String(value)}
    </span>
  );
}
