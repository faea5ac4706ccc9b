import { Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { Figure } from "../../ui/figure.tsx";
import type { Shown } from "./use-capacity.ts";
import { useCapacityView } from "./use-capacity.ts";

interface VerdictProps {
  readonly now: Shown;
  /** What it would be; null: nothing is tried. */
  readonly then: Shown | null;
}

/** Does the work fit, what does not, and what that costs: now, and by what is tried. */
export function Verdict({ now, then }: VerdictProps) {
  const t = useText("capacity");
  const format = useFormat();
  const { change, weeks } = useCapacityView();
  const shown = then ?? now;
  const loadOf = ({ minutes, capacity }: Shown) =>
    capacity === null || capacity === 0 ? "–" : format.percent(minutes / capacity);
  const figures = [
    {
      key: "load",
      label: t("load"),
      of: loadOf,
      note: t("hoursOf", {
        needed: format.number(shown.minutes / 60, 0),
        there: shown.capacity === null ? "–" : format.hours(Math.round(shown.capacity / 60) * 60),
      }),
      definition: t("loadDefinition", { weeks }),
    },
    {
      key: "unfit",
      label: t("wontFit"),
      of: (one: Shown) => format.number(one.unfit.touches),
      note: t("wontFitHours", { hours: format.hours(shown.unfit.minutes) }),
      definition: t("wontFitDefinition", { weeks }),
    },
    {
      key: "must",
      label: t("mustAmong"),
      of: (one: Shown) => format.number(one.unfit.must),
      note: t("mustNote"),
      definition: t("mustDefinition"),
    },
    {
      key: "revenue",
      label: t("revenueTouched"),
      of: (one: Shown) => format.shortMoney(one.unfit.revenue),
      note: t("ofAccounts", { count: shown.unfit.accounts }),
      definition: t("revenueDefinition"),
    },
  ];
  return (
    <div className="capacity-figures" aria-live="polite" data-testid="verdict">
      {figures.map(({ key, label, of, note, definition }) => (
        <Figure
          key={key}
          label={label}
          definition={definition}
          note={note}
          value={
            <button
              type="button"
              className="plain-link"
              aria-label={`${label}: ${of(shown)}`}
              onClick={() => change({ tab: key === "load" ? "load" : "unfit" })}
            >
              {of(shown)}
              {then && of(then) !== of(now) && (
                <Text span fz={13} fw={400} c="dimmed" ml={8}>
                  {t("nowIs", { value: of(now) })}
                </Text>
              )}
            </button>
          }
        />
      ))}
    </div>
  );
}
