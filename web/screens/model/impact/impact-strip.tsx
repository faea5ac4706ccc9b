import { Badge, Button, Collapse, Group, Loader, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { Definition } from "../../../ui/figure.tsx";
import { IconChevronDown, IconChevronUp } from "../../../ui/icons.ts";
import { Arrow } from "../arrow.tsx";
import { useBench } from "../bench-context.ts";
import { ImpactDetails } from "./impact-details.tsx";
import { mean, weekTotals } from "./impact-sums.ts";
import { type Impact, useImpact } from "./use-impact.ts";

/** In one line: who would move, what would be sent, and what it costs, as one types. */
export function ImpactStrip() {
  const t = useText("model");
  const { checked } = useBench();
  const { isWanted, impact, isBehind } = useImpact();
  const [isOpen, setOpen] = useState(false);
  if (!isWanted) return null;
  const { data } = impact;
  return (
    <div className="panel impact" role="status" aria-live="polite" aria-busy={isBehind}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="md" px={14} py={8}>
        <Group gap={6} wrap="nowrap" mih={30}>
          <Text size="sm" fw={620}>
            {t("impact")}
          </Text>
          <Definition of={t("impact")}>{t("impactText")}</Definition>
          {isBehind && !checked.isBroken && <Loader size={12} color="teal" aria-hidden />}
        </Group>
        {data ? (
          <Line impact={data} />
        ) : (
          <Text size="sm" c="dimmed">
            {checked.isBroken ? t("impactBroken") : t("impactWorking")}
          </Text>
        )}
        {data && (
          <Button
            variant="subtle"
            color="gray"
            aria-expanded={isOpen}
            rightSection={
              isOpen ? (
                <IconChevronUp size={14} aria-hidden />
              ) : (
                <IconChevronDown size={14} aria-hidden />
              )
            }
            onClick={() => setOpen(!isOpen)}
          >
            {t("details")}
          </Button>
        )}
      </Group>
      {impact.error && !data && (
        <Text size="sm" c="var(--ts-red)" px={14} pb={10}>
          {impact.error.message}
        </Text>
      )}
      {data && (
        <Collapse expanded={isOpen}>
          <ImpactDetails impact={data} />
        </Collapse>
      )}
    </div>
  );
}

function Line({ impact }: { readonly impact: Impact }) {
  const t = useText("model");
  const format = useFormat();
  const { accounts, touches, exact } = impact;
  const made = touches.human.made + touches.automated.made;
  const cancelled = touches.human.cancelled + touches.automated.cancelled;
  const mails = weekTotals(impact.messages);
  const mailsBefore = mean(mails.map(({ before }) => before));
  const mailsAfter = mean(mails.map(({ after }) => after));
  const before = mean(impact.work.map((one) => one.before));
  const after = mean(impact.work.map((one) => one.after));
  if (
    impact.changes.every(({ decides }) => !decides) &&
    accounts.moving === 0 &&
    made + cancelled === 0
  )
    return <Text size="sm">{t("changesNothing")}</Text>;
  return (
    <Group gap="2px 20px" wrap="wrap" flex={1} mih={30} justify="flex-start" className="tabular">
      <Text size="sm">
        <b>{t("moving", { count: accounts.moving })}</b>{" "}
        <Text span c="dimmed" inherit>
          {format.shortMoney(accounts.revenue_moving)}
        </Text>
      </Text>
      <Part
        label={t("touches")}
        value={`+${format.number(made)} −${format.number(cancelled)}`}
        isExact={exact.work}
      />
      <Part
        label={t("mailsPerWeek")}
        value={
          <>
            {format.number(mailsBefore, 0)}
            <Arrow />
            {format.number(mailsAfter, 0)}
          </>
        }
        isExact={exact.work}
      />
      <Part
        label={t("hoursPerWeek")}
        value={
          <>
            {format.number(before / 60, 0)}
            <Arrow />
            {format.number(after / 60, 0)}
          </>
        }
        isExact={exact.work}
      />
      {!(exact.moves && exact.work) && (
        <Badge color="gray" variant="light">
          {t("estimated")}
        </Badge>
      )}
    </Group>
  );
}

function Part({
  label,
  value,
  isExact,
}: {
  readonly label: string;
  readonly value: ReactNode;
  readonly isExact: boolean;
}) {
  return (
    <Text size="sm">
      <Text span c="dimmed" inherit>
        {label}
      </Text>{" "}
      {isExact ? "" : "≈ "}
      {value}
    </Text>
  );
}
