import { ActionIcon, Button, Group, Select, Slider, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { IconX } from "../../ui/icons.ts";
import { DayRange } from "./day-range.tsx";
import { type Capacity, useCapacityView, type WhatIf } from "./use-capacity.ts";
import { isNothing } from "./wish.ts";

interface SlidersProps {
  readonly capacity: Capacity;
  readonly answer: WhatIf | undefined;
  readonly isBusy: boolean;
}

const MOST_HEADS = 5;
const MOST_HOURS = 10;
/** Thresholds shown: those of the level rules themselves come first. */
const MOST_THRESHOLDS = 5;

/** What if there were more people, other hours, somebody away, another threshold. */
export function Sliders({ capacity, answer, isBusy }: SlidersProps) {
  const t = useText("capacity");
  const { wish, tryOut } = useCapacityView();
  const roles = capacity.roles.filter(({ role }) => role === "csm" || role === "pool");
  return (
    <Stack component="section" gap="lg" aria-label={t("whatIf")} className="what-if no-print">
      <Group justify="space-between" mih={30} gap="xs" wrap="nowrap">
        <Title order={2} fz={14}>
          {t("whatIf")}
        </Title>
        <Button
          variant="subtle"
          color="gray"
          style={{ flexShrink: 0 }}
          disabled={isNothing(wish)}
          onClick={() => tryOut({ heads: [], hours: 0, leave: [], thresholds: [] })}
        >
          {t("asItIs")}
        </Button>
      </Group>
      {roles.map(({ role, people }) => {
        const count = wish.heads.find((one) => one.role === role)?.count ?? 0;
        return (
          <Knob
            key={role}
            label={t("headsOf", { role })}
            about={
              count === 0
                ? t("headsThere", { count: people })
                : t("headsNow", { count: people + count, now: people })
            }
            value={count}
            min={-Math.min(MOST_HEADS, Math.max(0, people - 1))}
            max={MOST_HEADS}
            step={1}
            onEnd={(value) =>
              tryOut({
                heads: [
                  ...wish.heads.filter((one) => one.role !== role),
                  ...(value === 0 ? [] : [{ role, count: value }]),
                ],
              })
            }
          />
        );
      })}
      <Knob
        label={t("hoursEach")}
        about={t("hoursEachText")}
        value={wish.hours}
        min={-MOST_HOURS}
        max={MOST_HOURS}
        step={1}
        onEnd={(hours) => tryOut({ hours })}
      />
      <Away capacity={capacity} />
      <Thresholds />
      <Told answer={answer} isBusy={isBusy} />
    </Stack>
  );
}

interface KnobProps {
  readonly label: string;
  readonly about: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly show?: (value: number) => string;
  readonly onEnd: (value: number) => void;
}

/** A slider that shows its number while it is moved, and is asked about once it rests. */
function Knob({ label, about, value, min, max, step, show, onEnd }: KnobProps) {
  const format = useFormat();
  const [moving, setMoving] = useState<number | null>(null);
  const now = moving ?? value;
  const signed = (one: number) => (one > 0 ? `+${format.number(one)}` : format.number(one));
  return (
    <div>
      <Group justify="space-between" gap={4} wrap="nowrap" mb={2}>
        <Text size="sm" fw={500} truncate>
          {label}
        </Text>
        <Text size="sm" className="tabular" fw={620} style={{ whiteSpace: "nowrap" }}>
          {(show ?? signed)(now)}
        </Text>
      </Group>
      <Slider
        size="sm"
        label={null}
        value={now}
        min={min}
        max={max}
        step={step}
        thumbLabel={label}
        onChange={setMoving}
        onChangeEnd={(next) => {
          setMoving(null);
          onEnd(next);
        }}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {about}
      </Text>
    </div>
  );
}

/** Somebody away for some days, beside the leave that is known. */
function Away({ capacity }: { readonly capacity: Capacity }) {
  const t = useText("capacity");
  const format = useFormat();
  const { wish, tryOut } = useCapacityView();
  const [member, setMember] = useState<string | null>(null);
  const people = capacity.doers.filter(({ kind }) => kind === "person");
  const nameOf = (id: string) => people.find(({ doer }) => doer === id)?.name ?? id;
  return (
    <div>
      <Select
        label={t("awayWho")}
        placeholder={t("awayNobody")}
        searchable
        clearable
        value={member}
        onChange={setMember}
        data={people.map(({ doer, name }) => ({ value: doer, label: name }))}
      />
      {member !== null && (
        <DayRange
          action={t("tryIt")}
          onPick={(from, to) => {
            tryOut({ leave: [...wish.leave, { member, from, to }] });
            setMember(null);
          }}
        />
      )}
      {wish.leave.map((one) => (
        <Group key={`${one.member} ${one.from}`} justify="space-between" wrap="nowrap" mt={4}>
          <Text size="xs" className="tabular">
            {nameOf(one.member)}: {format.shortDay(one.from)} – {format.shortDay(one.to)}
          </Text>
          <ActionIcon
            size="sm"
            aria-label={t("removeLeave", { name: nameOf(one.member) })}
            onClick={() => tryOut({ leave: wish.leave.filter((other) => other !== one) })}
          >
            <IconX size={12} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
    </div>
  );
}

/** The numbers of the level rules, to be moved. */
function Thresholds() {
  const t = useText("capacity");
  const format = useFormat();
  const { wish, tryOut } = useCapacityView();
  const { data } = useQuery({
    queryKey: ["capacity", "thresholds"],
    queryFn: ({ signal }) => ask(api.GET("/api/capacity/thresholds", { signal })),
    staleTime: 60_000,
  });
  const all = (data?.items ?? [])
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => (a.fact === b.fact ? b.value - a.value : 0));
  const [isWhole, setWhole] = useState(false);
  const isTried = (id: string) => wish.thresholds.some((one) => one.id === id);
  const shown = all.filter(
    ({ id, value }, place) =>
      isWhole ||
      isTried(id) ||
      (value >= 1000 && place < MOST_THRESHOLDS * 2) ||
      all.length <= MOST_THRESHOLDS,
  );
  return (
    <Stack gap="md">
      {shown.map(({ id, fact, value, unit, used }) => {
        const step = stepOf(value);
        return (
          <Knob
            key={id}
            label={t("thresholdOf", {
              fact: fact.replaceAll("_", " "),
              value: format.number(value, 2),
            })}
            about={t("thresholdUsed", { where: used.join(", ") })}
            value={wish.thresholds.find((one) => one.id === id)?.value ?? value}
            min={value > 1 ? step : 0}
            max={value <= 1 ? 1 : value * 3}
            step={step}
            show={(one) =>
              unit === null ? format.number(one, 2) : `${format.number(one)} ${unit}`
            }
            onEnd={(next) =>
              tryOut({
                thresholds: [
                  ...wish.thresholds.filter((one) => one.id !== id),
                  ...(next === value ? [] : [{ id, value: next }]),
                ],
              })
            }
          />
        );
      })}
      {shown.length < all.length && (
        <Button variant="subtle" color="gray" onClick={() => setWhole(true)}>
          {t("moreThresholds", { count: all.length - shown.length })}
        </Button>
      )}
    </Stack>
  );
}

/** A twentieth of the number, as people would step: 5000, 0.05, 1. */
export function stepOf(value: number): number {
  if (value <= 1) return 0.05;
  const power = 10 ** Math.floor(Math.log10(value / 10));
  return Math.max(1, power >= 1 ? Math.round(value / 20 / power) * power || power / 2 : 1);
}

/** What moving a threshold does to the book, in a sentence. */
function Told({ answer, isBusy }: Pick<SlidersProps, "answer" | "isBusy">) {
  const t = useText("capacity");
  const format = useFormat();
  const { wish } = useCapacityView();
  if (isNothing(wish)) return null;
  if (isBusy || !answer)
    return (
      <Text size="xs" c="dimmed" role="status">
        {t("workingOut")}
      </Text>
    );
  const moves = answer.moves ?? [];
  return (
    <Stack gap={4} role="status">
      {answer.moves !== null && moves.length === 0 && <Text size="xs">{t("nobodyMoves")}</Text>}
      {moves.map((one) => (
        <Text key={`${one.from ?? ""} ${one.to ?? ""}`} size="xs" className="tabular">
          {t("moveTold", {
            count: one.accounts,
            from: one.from ?? "–",
            to: one.to ?? "–",
            money: format.shortMoney(one.revenue),
          })}
        </Text>
      ))}
      {moves.length > 0 && (
        <Text size="xs" c="dimmed">
          {answer.is_exact ? t("spreadAlike") : t("estimated")}
        </Text>
      )}
    </Stack>
  );
}
