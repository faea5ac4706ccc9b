import { Badge, Text } from "@mantine/core";
import { useFormat } from "../lib/format.ts";
import { useWorkspace } from "../lib/me.ts";
import { useText } from "../text/text.ts";
import "./badges.css";

const LEVEL_COLORS = ["teal", "cyan", "indigo", "gray"] as const;

/** A touch level, by its place in the model: highest first. */
export function LevelBadge({ level }: { readonly level: string | null | undefined }) {
  const { levels } = useWorkspace();
  const t = useText("common");
  if (level === null || level === undefined)
    return (
      <Text span c="dimmed" size="sm">
        {t("none")}
      </Text>
    );
  const place = levels.indexOf(level);
  return <Badge color={LEVEL_COLORS[Math.min(Math.max(place, 0), 3)] ?? "gray"}>{level}</Badge>;
}

/** The colour of a health band by its place: best first. Never alone: the score or the name stands beside it. */
export function bandColor(bands: readonly string[], band: string | null | undefined): string {
  const place = band === null || band === undefined ? -1 : bands.indexOf(band);
  if (place < 0) return "var(--mantine-color-dimmed)";
  if (place === 0) return "var(--ts-green)";
  return place === bands.length - 1 ? "var(--ts-red)" : "var(--ts-yellow)";
}

interface HealthProps {
  /** 0 to 100; null: not known. */
  readonly score: number | null | undefined;
  readonly band: string | null | undefined;
}

/** Health as a short bar with its score; the band's name is there for those who see no colours. */
export function HealthBar({ score, band }: HealthProps) {
  const { bands } = useWorkspace();
  const format = useFormat();
  const t = useText("common");
  if (score === null || score === undefined)
    return (
      <Text span c="dimmed" size="sm">
        {t("unknown")}
      </Text>
    );
  return (
    <span className="health-bar" title={`${t("health")}: ${band ?? ""}`}>
      <span className="health-track" aria-hidden>
        <span
          style={{
            width: `${Math.max(4, Math.min(100, score))}%`,
            background: bandColor(bands, band),
          }}
        />
      </span>
      <span className="health-score tabular">{format.number(score, 0)}</span>
      <span className="health-band">{band}</span>
    </span>
  );
}
