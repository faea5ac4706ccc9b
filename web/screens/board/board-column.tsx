import { Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import type { Described, Facets } from "../portfolio/portfolio-data.ts";
import type { AccountFilter } from "../portfolio/portfolio-search.ts";
import { useWindows } from "../portfolio/use-windows.ts";
import { BoardCard } from "./board-card.tsx";
import { DRAGGED } from "./dragged.ts";
import type { Moving } from "./stage-dialog.tsx";

/** A card with the space under it. */
const CARD = 126;
const CARD_COLUMNS = [
  "level",
  "health",
  "health_band",
  "account.owner",
  "days_in_stage",
  "stage.status",
  "stage.exit_count",
  "stage.exit_met",
  "stage.exit_open",
];

interface BoardColumnProps {
  readonly stage: Described["stages"][number];
  readonly share: Facets["stages"][number] | undefined;
  readonly isCounted: boolean;
  readonly filter: AccountFilter;
  readonly ownerName: (id: string) => string;
  readonly moving: Moving | null;
  readonly stages: readonly string[];
  readonly onOpen: (id: string) => void;
  readonly onMove: (moving: Moving) => void;
}

/** One stage: how many stand there and what they are worth, longest there first. */
export function BoardColumn(props: BoardColumnProps) {
  const { stage, share, isCounted, filter, onMove } = props;
  const t = useText("board");
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ from: 0, to: 10, isDown: true });
  const [isTarget, setTarget] = useState(false);
  const asked = {
    filter: { ...filter, stage: [stage.name] },
    sort: "-days_in_stage",
    columns: CARD_COLUMNS,
  };
  const windows = useWindows(asked, range);
  // oxlint-disable-next-line react/incompatible-library -- the list is drawn anew by itself
  const virtual = useVirtualizer({
    count: windows.rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD,
    overscan: 2,
  });
  const cards = virtual.getVirtualItems();
  const from = cards[0]?.index ?? 0;
  const to = cards.at(-1)?.index ?? 0;
  useEffect(() => setRange((before) => ({ from, to, isDown: from >= before.from })), [from, to]);
  const drop = (event: DragEvent): void => {
    setTarget(false);
    const moved = readDragged(event);
    if (!moved || moved.from === stage.name) return;
    event.preventDefault();
    onMove({ ...moved, to: stage.name });
  };
  const count = share?.accounts ?? 0;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- cards are dropped here; their menus do the same
    <section
      aria-label={stage.name}
      className={isTarget ? "board-column is-target" : "board-column"}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setTarget(true);
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={drop}
    >
      <Stack gap={1} px={12} py={10}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Title order={2} fz={14} style={{ textTransform: "capitalize" }}>
            {stage.name.replaceAll("_", " ")}
          </Title>
          <Text size="sm" fw={600} className="tabular">
            {isCounted ? format.number(count, 0) : ""}
          </Text>
        </Group>
        <Group justify="space-between" wrap="nowrap" gap="xs" mih={18}>
          <Text size="xs" c="dimmed" className="tabular">
            {isCounted ? format.shortMoney(share?.revenue ?? 0) : ""}
          </Text>
          {(share?.overdue ?? 0) > 0 && (
            <Text size="xs" c="var(--ts-red)" className="tabular">
              {t("overdue", { count: share?.overdue ?? 0 })}
            </Text>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {stage.expect === null ? t("noLimit") : t("expected", { days: stage.expect })}
        </Text>
      </Stack>
      <div
        ref={scroller}
        className="board-cards"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a list that scrolls has to be reachable by keyboard
        tabIndex={0}
        role="group"
        aria-label={t("cardsIn", { stage: stage.name })}
      >
        {isCounted && count === 0 && (
          <Text size="sm" c="dimmed" ta="center" py="lg">
            {t("nobodyHere")}
          </Text>
        )}
        {windows.isFirst && windows.rows === 0 && (!isCounted || count > 0) && (
          <Stack gap={8} aria-hidden>
            <Skeleton height={CARD - 8} radius="md" />
            <Skeleton height={CARD - 8} radius="md" />
          </Stack>
        )}
        <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {cards.map(({ index, start }) => {
            const item = windows.at(index);
            return (
              <div
                key={item?.id ?? index}
                style={{
                  position: "absolute",
                  insetInline: 0,
                  transform: `translateY(${start}px)`,
                }}
              >
                {item ? (
                  <BoardCard item={item} {...props} />
                ) : (
                  <Skeleton height={CARD - 8} radius="md" />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function readDragged(event: DragEvent): Omit<Moving, "to"> | null {
  const text = event.dataTransfer.getData(DRAGGED);
  return text === "" ? null : (JSON.parse(text) as Omit<Moving, "to">);
}
