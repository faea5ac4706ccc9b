import { ActionIcon, Anchor, Badge, Button, Menu, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useLive } from "../../lib/live.ts";
import { useMe, useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconDots, IconPlus, IconUsers } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { EndForm } from "./end-form.tsx";
import { LeaveForm } from "./leave-form.tsx";
import { MemberForm } from "./member-form.tsx";
import { SectionHead } from "./section-head.tsx";
import { type Member, TEAM_KEY } from "./team-member.ts";

type Open =
  | { readonly form: "member"; readonly member: Member | null }
  | { readonly form: "leave" | "end"; readonly member: Member };

/** Who does the work: access, hours, pods, leave. */
export function TeamSection() {
  const t = useText("settings");
  const me = useMe();
  const team = useQuery({ queryKey: TEAM_KEY, queryFn: () => ask(api.GET("/api/team")) });
  useLive(["team"], [TEAM_KEY]);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  if (team.error) return <Failed error={team.error} retry={() => void team.refetch()} />;
  return (
    <>
      <SectionHead title={t("section_team")} text={t("teamText")}>
        {me.may("admin") && (
          <Button
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setOpen({ form: "member", member: null })}
          >
            {t("addMember")}
          </Button>
        )}
      </SectionHead>
      {!team.data ? (
        <Loading />
      ) : team.data.items.length === 0 ? (
        <Empty icon={IconUsers} title={t("noTeam")} text={t("noTeamText")} />
      ) : (
        <Table.ScrollContainer minWidth={720}>
          <Table verticalSpacing={6} fz="sm" highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("member")}</Table.Th>
                <Table.Th>{t("role")}</Table.Th>
                <Table.Th>{t("access")}</Table.Th>
                <Table.Th ta="right">{t("hours")}</Table.Th>
                <Table.Th>{t("pod")}</Table.Th>
                <Table.Th>{t("away")}</Table.Th>
                <Table.Th w={40} aria-label={t("doing")} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {team.data.items.map((member) => (
                <Row key={member.id} member={member} onOpen={setOpen} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {open?.form === "member" && <MemberForm member={open.member} onClose={close} />}
      {open?.form === "leave" && <LeaveForm member={open.member} onClose={close} />}
      {open?.form === "end" && <EndForm member={open.member} onClose={close} />}
    </>
  );
}

function Row({
  member,
  onOpen,
}: {
  readonly member: Member;
  readonly onOpen: (open: Open) => void;
}) {
  const t = useText("settings");
  const me = useMe();
  const format = useFormat();
  const { today } = useWorkspace();
  const { id, name, email, role, access, pod, leave, ends_on, hours_per_week } = member;
  const isGone = ends_on !== null && ends_on < today;
  const next = leave
    .filter(({ to }) => to >= today)
    .toSorted((a, b) => a.from.localeCompare(b.from))[0];
  const isAway = next !== undefined && next.from <= today;
  return (
    <Table.Tr>
      <Table.Td maw={240}>
        {me.may("admin") ? (
          <Anchor
            component="button"
            size="sm"
            fw={550}
            onClick={() => onOpen({ form: "member", member })}
          >
            {name ?? id}
          </Anchor>
        ) : (
          <Text size="sm" fw={550}>
            {name ?? id}
          </Text>
        )}
        <Text size="xs" c="dimmed" truncate>
          {email ?? t("noEmail")}
        </Text>
      </Table.Td>
      <Table.Td>{role ?? "–"}</Table.Td>
      <Table.Td>{access === null ? t("noAccess") : t(`access_${access}`)}</Table.Td>
      <Table.Td ta="right" className="tabular">
        {hours_per_week === null ? "–" : format.number(hours_per_week)}
      </Table.Td>
      <Table.Td>{pod ?? "–"}</Table.Td>
      <Table.Td>
        {ends_on !== null ? (
          <Badge color="gray">
            {t(isGone ? "leftOn" : "leavesOn", { day: format.day(ends_on) })}
          </Badge>
        ) : next ? (
          <Text size="xs" {...(isAway ? { fw: 600 } : { c: "dimmed" })}>
            {next.from === next.to
              ? format.shortDay(next.from)
              : `${format.shortDay(next.from)} – ${format.shortDay(next.to)}`}
          </Text>
        ) : (
          ""
        )}
      </Table.Td>
      <Table.Td>
        {me.may("leader") && (
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon aria-label={t("doingOf", { name: name ?? id })}>
                <IconDots size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {me.may("admin") && (
                <Menu.Item onClick={() => onOpen({ form: "member", member })}>
                  {t("edit")}
                </Menu.Item>
              )}
              <Menu.Item onClick={() => onOpen({ form: "leave", member })}>{t("leave")}</Menu.Item>
              {me.may("admin") && (
                <Menu.Item onClick={() => onOpen({ form: "end", member })}>
                  {t("lastDay")}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
