import { ActionIcon, Alert, Button, Group, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import {
  IconArrowBackUp,
  IconCalendar,
  IconChevronLeft,
  IconChevronRight,
  IconHistory,
} from "../../ui/icons.ts";
import { explainQuery } from "../../ui/why/explained.ts";
import { later, usePreload } from "../../ui/later.tsx";
import { PopUp } from "../../ui/pop-up.tsx";
import { Tip } from "../../ui/tip.tsx";
import { addDays } from "./days.ts";
import { useAccountPlace } from "./use-account.ts";

const AsOfCalendar = later(
  async () => (await import("./as-of-calendar.tsx")).AsOfCalendar,
  <Skeleton w={252} h={272} />,
);

/** Which day the account is shown as of: today, or one to be chosen. */
export function AsOfPicker({ since }: { readonly since: string }) {
  const t = useText("account");
  const format = useFormat();
  const { today } = useWorkspace();
  const { search, show } = useAccountPlace();
  const [isOpen, setOpen] = useState(false);
  usePreload(AsOfCalendar);
  const day = search.at ?? today;
  const go = (to: string): void => {
    if (to > today || to < since) return;
    show({ at: to === today ? undefined : to }, true);
  };
  return (
    <Group
      gap={2}
      wrap="nowrap"
      role="group"
      aria-label={t("asOf")}
      onKeyDown={(event) => {
        if (isOpen) return;
        if (event.key === "ArrowLeft") go(addDays(day, -1));
        if (event.key === "ArrowRight") go(addDays(day, 1));
      }}
    >
      <Tip label={t("dayBefore")}>
        <ActionIcon
          aria-label={t("dayBefore")}
          disabled={day <= since}
          onClick={() => go(addDays(day, -1))}
        >
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
      </Tip>
      <PopUp
        isOpen={isOpen}
        onOpen={setOpen}
        trapFocus
        position="bottom-end"
        label={t("asOf")}
        renderButton={(opener) => (
          <Button
            {...opener}
            variant="default"
            leftSection={<IconCalendar size={14} aria-hidden />}
            className="tabular"
          >
            {search.at === undefined ? t("today") : format.day(day)}
          </Button>
        )}
      >
        <AsOfCalendar
          day={day}
          since={since}
          today={today}
          onChoose={(to) => {
            setOpen(false);
            if (to !== null) go(to);
          }}
        />
      </PopUp>
      <Tip label={t("dayAfter")}>
        <ActionIcon
          aria-label={t("dayAfter")}
          disabled={day >= today}
          onClick={() => go(addDays(day, 1))}
        >
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
      </Tip>
    </Group>
  );
}

/** Says that a past day is shown, and leads back. */
export function AsOfBanner() {
  const t = useText("account");
  const why = useText("why");
  const format = useFormat();
  const { id, search, show } = useAccountPlace();
  const { data } = useQuery(explainQuery(id, search.at));
  if (search.at === undefined) return null;
  return (
    <Alert color="indigo" icon={<IconHistory size={18} aria-hidden />} p="xs" role="status">
      <Group justify="space-between" gap="md" wrap="nowrap">
        <Text size="sm">
          {t("asOfDay", { day: format.day(search.at) })}{" "}
          {data && !data.stored && (
            <Text span size="sm" c="dimmed">
              {why("notStored")}
            </Text>
          )}
        </Text>
        <Button
          variant="default"
          style={{ flexShrink: 0 }}
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => show({ at: undefined }, true)}
        >
          {t("backToToday")}
        </Button>
      </Group>
    </Alert>
  );
}
