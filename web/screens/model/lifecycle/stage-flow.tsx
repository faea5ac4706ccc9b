import { Box, Group, Text } from "@mantine/core";
import { useFormat } from "../../../lib/format.ts";
import type { components } from "../../../lib/api-types.ts";
import { useText } from "../../../text/text.ts";
import { useModelSearch } from "../use-model-search.ts";
import { arcsOf, left, STAGE_WIDTH, widthOf } from "./flow-layout.ts";

export type Flow = components["schemas"]["LifecycleFlow"];
const FRAME = { over: 74, stages: 150, under: 74 };

/** Stages in a row with what moves between them; the same in words for those who hear it. */
export function StageFlow({ flow }: { readonly flow: Flow }) {
  const t = useText("model");
  const names = flow.stages.map(({ name }) => name);
  const arcs = arcsOf(names, flow.moves, FRAME);
  const over = arcs.some(({ way }) => way === "over") ? FRAME.over : 12;
  const under = arcs.some(({ way }) => way === "under") ? FRAME.under : 12;
  const frame = { ...FRAME, over, under };
  const shown = arcsOf(names, flow.moves, frame);
  const height = over + FRAME.stages + under;
  const width = widthOf(names.length);
  return (
    <Box
      style={{ overflowX: "auto", paddingBottom: 4 }}
      tabIndex={0}
      role="region"
      aria-label={t("tab_lifecycle")}
    >
      <div style={{ position: "relative", width, height }}>
        <svg width={width} height={height} aria-hidden style={{ position: "absolute", inset: 0 }}>
          <defs>
            <marker
              id="flow-tip"
              viewBox="0 0 8 8"
              refX="2"
              refY="4"
              markerWidth="9"
              markerHeight="9"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M 0 0 L 8 4 L 0 8 z" fill="var(--mantine-color-teal-7)" />
            </marker>
          </defs>
          {shown.map(({ from, to, path, width: stroke, label, accounts }) => (
            <g key={`${from} ${to}`}>
              <path
                d={path}
                fill="none"
                stroke="var(--mantine-color-teal-7)"
                strokeOpacity={0.55}
                strokeWidth={stroke}
                markerEnd="url(#flow-tip)"
              />
              <text
                x={label.x}
                y={label.y}
                textAnchor="middle"
                fontSize={12}
                fontWeight={600}
                fill="currentColor"
                className="tabular"
              >
                {accounts}
              </text>
            </g>
          ))}
        </svg>
        <ol className="flow-stages">
          {flow.stages.map((stage, place) => (
            <li
              key={stage.name}
              className="flow-stage"
              style={{ left: left(place), top: over, width: STAGE_WIDTH, height: FRAME.stages }}
            >
              <StageCard stage={stage} />
            </li>
          ))}
        </ol>
      </div>
      <ul className="visually-hidden">
        {flow.moves.map(({ from, to, accounts }) => (
          <li key={`${from ?? ""} ${to}`}>
            {from === null
              ? t("moveNew", { to, count: accounts })
              : t("moveFromTo", { from, to, count: accounts })}
          </li>
        ))}
      </ul>
    </Box>
  );
}

function StageCard({ stage }: { readonly stage: Flow["stages"][number] }) {
  const t = useText("model");
  const format = useFormat();
  const [, change] = useModelSearch();
  const days = (count: number | null): string => (count === null ? "–" : t("days", { count }));
  return (
    <>
      <Group justify="space-between" wrap="nowrap" align="baseline" gap="xs">
        <Text fw={620} truncate title={stage.name}>
          {stage.name}
        </Text>
        <a
          className="plain-link tabular"
          style={{ fontWeight: 620 }}
          href={`/portfolio?where=${encodeURIComponent(`stage == "${stage.name}"`)}`}
          aria-label={t("accountsIn", { count: stage.accounts, stage: stage.name })}
        >
          {format.number(stage.accounts)}
        </a>
      </Group>
      <Text size="xs" c="dimmed" ta="right" className="tabular">
        {format.shortMoney(stage.revenue)}
      </Text>
      <dl className="stage-facts">
        <dt>{t("hereFor")}</dt>
        <dd>{days(stage.days_so_far)}</dd>
        <dt>{t("tookToLeave")}</dt>
        <dd>{days(stage.days_to_leave)}</dd>
        <dt>{t("expected")}</dt>
        <dd>{days(stage.expect)}</dd>
        <dt>{t("overdue")}</dt>
        <dd>
          {stage.overdue > 0 ? (
            <button
              type="button"
              className="link-button"
              aria-label={t("overdueIn", { count: stage.overdue, stage: stage.name })}
              onClick={() => change({ stage: stage.name, criterion: undefined }, { push: true })}
            >
              {format.number(stage.overdue)}
            </button>
          ) : (
            0
          )}
        </dd>
      </dl>
    </>
  );
}
