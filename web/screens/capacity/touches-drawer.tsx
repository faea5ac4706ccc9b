import { Badge, Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import { DayRange } from "./day-range.tsx";
import { type Shown, useCapacityView, useTouchesBehind } from "./use-capacity.ts";
import { useDoerName } from "./use-doer-name.ts";
import { isNothing } from "./wish.ts";

interface TouchesDrawerProps {
  readonly shown: Shown;
  readonly weeks: number;
}

/** The touches behind a cell of the heat map, and the leave of whose they are. */
export function TouchesDrawer({ shown, weeks }: TouchesDrawerProps) {
  const t = useText("capacity");
  const format = useFormat();
  const nameOf = useDoerName();
  const { search, change, wish } = useCapacityView();
  const { who, week } = search;
  const doer = shown.doers.find((one) => one.doer === who);
  const name = doer === undefined ? (who ?? "") : nameOf(doer);
  const isNew = who?.startsWith("new ") === true;
  return (
    <Drawer
      opened={who !== undefined}
      onClose={() => change({ who: undefined, week: undefined })}
      position="right"
      size={600}
      title={
        <Text fw={620}>
          {week === undefined ? name : t("weekOf", { name, week: format.shortDay(week) })}
        </Text>
      }
      closeButtonProps={{ "aria-label": t("closeTouches") }}
    >
      {who !== undefined && (
        <Stack gap="md">
          {doer?.kind === "person" && !isNew && <Leave member={who} />}
          {!isNothing(wish) && (
            <Text size="sm" c="dimmed">
              {t("asTried")}
            </Text>
          )}
          <Rows doer={who} week={week} weeks={weeks} />
        </Stack>
      )}
    </Drawer>
  );
}

interface RowsProps {
  readonly doer: string;
  readonly week: string | undefined;
  readonly weeks: number;
}

function Rows({ doer, week, weeks }: RowsProps) {
  const t = useText("capacity");
  const format = useFormat();
  const { wish } = useCapacityView();
  const query = useTouchesBehind(doer, week, weeks, wish);
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { items } = query.data;
  if (items.length === 0) return <Empty title={t("noTouches")} />;
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4} className="tabular">
        {t("touchesSum", {
          count: items.length,
          hours: format.hours(items.reduce((sum, { minutes }) => sum + minutes, 0)),
        })}
      </Text>
      {items.map((one) => (
        <div key={one.id} className="behind-row" data-row={one.id}>
          <div style={{ minWidth: 0 }}>
            <AccountLink id={one.account} name={one.account_name} />
            <Text size="xs" c="dimmed">
              {[one.title, one.level, one.revenue === null ? null : format.shortMoney(one.revenue)]
                .filter((part) => part !== null)
                .join(" · ")}
            </Text>
          </div>
          <Group gap={8} wrap="nowrap">
            {!one.fits && <Badge color="red">{t("doesNotFit")}</Badge>}
            {one.must && <Badge color="gray">{t("must")}</Badge>}
            <Text size="sm" className="tabular" style={{ whiteSpace: "nowrap" }}>
              {format.shortDay(one.due)}, {format.minutes(one.minutes)}
            </Text>
          </Group>
        </div>
      ))}
    </div>
  );
}

/** Days off: whoever leads enters them here, and the load changes at once. */
function Leave({ member }: { readonly member: string }) {
  const t = useText("capacity");
  const format = useFormat();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const team = useQuery({
    queryKey: ["capacity", "team"],
    queryFn: ({ signal }) => ask(api.GET("/api/team", { signal })),
  });
  const leave = team.data?.items.find(({ id }) => id === member)?.leave ?? [];
  const { wish, tryOut } = useCapacityView();
  const put = useAct<readonly { readonly from: string; readonly to: string }[]>({
    run: (next) =>
      ask(
        api.PUT("/api/team/{member}/leave", {
          params: { path: { member } },
          body: { leave: [...next] },
        }),
      ),
    refresh: [["capacity"]],
    onDone: () => {
      setOpen(false);
      tryOut({ leave: wish.leave.filter((one) => one.member !== member) });
    },
  });
  const days = (one: { from: string; to: string }) =>
    `${format.shortDay(one.from)} – ${format.shortDay(one.to)}`;
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">
          {leave.length === 0 ? t("noLeave") : t("leaveOn", { days: leave.map(days).join(", ") })}
        </Text>
        {me.may("leader") && (
          <Group gap={4} wrap="nowrap">
            {leave.length > 0 && (
              <Button variant="subtle" color="gray" onClick={() => put.act(leave.slice(0, -1))}>
                {t("removeLast")}
              </Button>
            )}
            <Button variant="default" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
              {t("enterLeave")}
            </Button>
          </Group>
        )}
      </Group>
      {isOpen && (
        <DayRange
          action={t("saveLeave")}
          isBusy={put.isBusy}
          onPick={(from, to) => put.act([...leave.map((one) => ({ ...one })), { from, to }])}
        />
      )}
    </div>
  );
}
