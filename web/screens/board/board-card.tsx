import { ActionIcon, Group, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { HealthBar, LevelBadge } from "../../ui/badges.tsx";
import { IconClock, IconDots } from "../../ui/icons.ts";
import { type MenuLine, PopMenu } from "../../ui/pop-up.tsx";
import { Tip } from "../../ui/tip.tsx";
import type { Described, PortfolioItem } from "../portfolio/portfolio-data.ts";
import { DRAGGED } from "./dragged.ts";
import type { Moving } from "./stage-dialog.tsx";

interface BoardCardProps {
  readonly item: PortfolioItem;
  readonly stage: Described["stages"][number];
  readonly stages: readonly string[];
  readonly ownerName: (id: string) => string;
  readonly onOpen: (id: string) => void;
  readonly onMove: (moving: Moving) => void;
}

/** One account: how far it is with the stage's exit criteria, how long it has been there. */
export function BoardCard({ item, stage, stages, ownerName, onOpen, onMove }: BoardCardProps) {
  const t = useText("board");
  const format = useFormat();
  const me = useMe();
  const { values, id, name } = item;
  const owner = typeof values["account.owner"] === "string" ? values["account.owner"] : null;
  const isLate = values["stage.status"] === "overdue";
  const days = values["days_in_stage"];
  const mayMove = me.mayChange(owner);
  const moved = { account: id, name: name ?? id, from: stage.name };
  const movesTo: readonly MenuLine[] = [
    { kind: "heading", text: t("moveTo") },
    ...stages
      .filter((one) => one !== stage.name)
      .map((to) => ({ text: to.replaceAll("_", " "), onClick: () => onMove({ ...moved, to }) })),
  ];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it is dragged; its menu does the same
    <article
      className="board-card"
      aria-label={name ?? id}
      draggable={mayMove}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, JSON.stringify(moved));
        event.dataTransfer.effectAllowed = "move";
      }}
    >
      <Group justify="space-between" wrap="nowrap" gap={6}>
        <Text component="div" size="sm" style={{ minWidth: 0 }} truncate>
          <AccountLink id={id} name={name} />
        </Text>
        <PopMenu
          position="bottom-end"
          lines={[{ text: t("preview"), onClick: () => onOpen(id) }, ...(mayMove ? movesTo : [])]}
          renderButton={(opener) => (
            <ActionIcon {...opener} size="sm" aria-label={t("actions", { name: name ?? id })}>
              <IconDots size={15} aria-hidden />
            </ActionIcon>
          )}
        />
      </Group>
      <Group justify="space-between" wrap="nowrap" gap={6}>
        <HealthBar
          score={typeof values["health"] === "number" ? values["health"] : null}
          band={typeof values["health_band"] === "string" ? values["health_band"] : null}
        />
        <LevelBadge level={typeof values["level"] === "string" ? values["level"] : null} />
      </Group>
      <ExitProgress item={item} stage={stage} />
      <Group justify="space-between" wrap="nowrap" gap={6}>
        <Text size="xs" c="dimmed" truncate>
          {owner === null ? t("nobody") : ownerName(owner)}
        </Text>
        <Group gap={3} wrap="nowrap" style={{ flex: "none" }}>
          {isLate && (
            <Tip label={t("tooLong")}>
              <IconClock size={13} color="var(--ts-red)" aria-label={t("tooLong")} />
            </Tip>
          )}
          <Text size="xs" c={isLate ? "var(--ts-red)" : "dimmed"} className="tabular">
            {typeof days === "number" ? t("days", { days: format.number(days, 0) }) : ""}
          </Text>
        </Group>
      </Group>
    </article>
  );
}

function ExitProgress({ item, stage }: Pick<BoardCardProps, "item" | "stage">) {
  const t = useText("board");
  const count = item.values["stage.exit_count"];
  const met = item.values["stage.exit_met"];
  const open = item.values["stage.exit_open"];
  if (typeof count !== "number" || typeof met !== "number" || count === 0)
    return (
      <Text size="xs" c="dimmed" mih={29}>
        {t("noCriteria")}
      </Text>
    );
  const openNames = typeof open === "string" ? open.split(", ") : [];
  return (
    <div
      title={openNames
        .map((name) => stage.exit.find((one) => one.name === name)?.rule ?? name)
        .join("\n")}
    >
      <div className="exit-bar" aria-hidden>
        {Array.from({ length: count }, (_, n) => (
          <span key={n} className={n < met ? "is-met" : ""} />
        ))}
      </div>
      <Text size="xs" c="dimmed" truncate mt={4} className="tabular">
        {t("met", { met, count })}
        {openNames.length > 0 &&
          ` · ${t("open", { names: openNames.join(", ").replaceAll("_", " ") })}`}
      </Text>
    </div>
  );
}
