import { Badge, Box, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { HealthBar, LevelBadge } from "../../ui/badges.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconPin } from "../../ui/icons.ts";
import { usePreload } from "../../ui/later.tsx";
import { Loading } from "../../ui/loading.tsx";
import {
  changesQuery,
  type Explained,
  explainQuery,
  type WhatWouldChange,
} from "../../ui/why/explained.ts";
import { spoken } from "../../ui/why/rule-words.ts";
import { Why } from "../../ui/why/why.tsx";
import { type Account, factsQuery, type SeenAccount, tiesQuery } from "./account-queries.ts";
import { WhyFact, WhyHealth, WhyLevel, WhyOwner, whys, WhyStage } from "../../ui/why/whys.tsx";
import { AsOfPicker } from "./as-of.tsx";
import { ChangeMenu } from "./change-menu.tsx";
import { useAccountPlace, useMayChange } from "./use-account.ts";

/** The account at a glance; each item opens why it is so. */
export function AccountHeader({ seen }: { readonly seen: SeenAccount }) {
  const t = useText("account");
  const { id, search } = useAccountPlace();
  const { account } = seen;
  usePreload(whys);
  const mayChange = useMayChange(account.owner, search.at);
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
          <Title order={1} style={{ overflow: "hidden", textOverflow: "ellipsis" }} lineClamp={1}>
            {account.name ?? id}
          </Title>
          {account.name !== null && (
            <Text size="sm" c="dimmed" className="tabular" style={{ whiteSpace: "nowrap" }}>
              {id}
            </Text>
          )}
          {account.closed_at !== null && <Badge color="gray">{t("closed")}</Badge>}
        </Group>
        <Group gap="xs" wrap="nowrap" className="no-print">
          <AsOfPicker since={(account.created_at ?? account.first_seen_at).slice(0, 10)} />
          {mayChange && <ChangeMenu seen={seen} />}
        </Group>
      </Group>
      <Items account={account} />
    </Stack>
  );
}

function Items({ account }: { readonly account: Account }) {
  const t = useText("account");
  const common = useText("common");
  const format = useFormat();
  const { revenue, renewal } = useWorkspace();
  const { search } = useAccountPlace();
  const isPast = search.at !== undefined;
  const { data: then } = useQuery(explainQuery(account.id, search.at));
  const is = isPast ? (then ? standing(then) : null) : ofAccount(account);
  const money = revenue === null ? null : (is?.facts[revenue] ?? null);
  const renews = renewal === null ? null : (is?.facts[renewal] ?? null);
  return (
    <Box className="account-items" role="group" aria-label={t("standing")}>
      <Item
        of="level"
        label={common("level")}
        is={is}
        what={`${common("level")}: ${is?.level ?? common("none")}`}
        renderWhy={(explained, changes) => <WhyLevel explained={explained} changes={changes} />}
      >
        <Group gap={6} wrap="nowrap">
          <LevelBadge level={is?.level} />
          {is?.pinned === true && <IconPin size={14} aria-label={t("pinned")} />}
          {is?.held === true && (
            <Text span size="xs" c="dimmed">
              {t("held")}
            </Text>
          )}
        </Group>
      </Item>
      <Item
        of="stage"
        label={common("stage")}
        is={is}
        what={`${common("stage")}: ${spoken(is?.stage ?? common("none"))}`}
        renderWhy={(explained, changes) => <WhyStage explained={explained} changes={changes} />}
      >
        <Text size="sm" fw={550}>
          {spoken(is?.stage ?? common("none"))}
          {is?.isOverdue === true && (
            <Text span size="xs" c="var(--ts-red)">
              {" "}
              {t("overdue")}
            </Text>
          )}
        </Text>
      </Item>
      <Item
        of="health"
        label={common("health")}
        is={is}
        what={`${common("health")}: ${is?.score === null || is === null ? common("unknown") : format.number(is.score, 0)}`}
        renderWhy={(explained, changes) => <WhyHealth explained={explained} changes={changes} />}
      >
        <HealthBar score={is?.score} band={is?.band} />
      </Item>
      <OwnerItem account={account} />
      {renewal !== null && (
        <Item
          of="renewal"
          label={common("renewal")}
          is={is}
          what={`${common("renewal")}: ${typeof renews === "string" ? format.day(renews) : common("unknown")}`}
          renderWhy={(explained) => <FactWhy explained={explained} name={renewal} />}
        >
          <Text size="sm" fw={550} className="tabular" style={{ whiteSpace: "nowrap" }}>
            {typeof renews === "string" ? format.day(renews) : common("unknown")}
            {typeof renews === "string" && !isPast && (
              <Text span size="xs" c="dimmed">
                {" "}
                {format.fromToday(renews)}
              </Text>
            )}
          </Text>
        </Item>
      )}
      {revenue !== null && (
        <Item
          of="revenue"
          label={spoken(revenue)}
          is={is}
          what={`${spoken(revenue)}: ${typeof money === "number" ? format.money(money) : common("unknown")}`}
          renderWhy={(explained) => <FactWhy explained={explained} name={revenue} />}
        >
          <Text size="sm" fw={550} className="tabular">
            {typeof money === "number" ? format.money(money) : common("unknown")}
          </Text>
        </Item>
      )}
    </Box>
  );
}

interface ItemProps {
  readonly of: string;
  readonly label: string;
  readonly what: string;
  /** null: not loaded yet. */
  readonly is: Standing | null;
  readonly renderWhy: (explained: Explained, changes: WhatWouldChange | undefined) => ReactNode;
  readonly children: ReactNode;
}

function Item({ of, label, what, is, renderWhy, children }: ItemProps) {
  const { search, show } = useAccountPlace();
  return (
    <Box style={{ minWidth: 0 }}>
      <Text size="xs" c="dimmed" mb={2}>
        {label}
      </Text>
      {is === null ? (
        <Skeleton height={20} width={80} />
      ) : (
        <Why
          what={what}
          isOpen={search.why === of}
          onOpen={(isOpen) => show({ why: isOpen ? of : undefined })}
          renderWhy={() => <Because renderWhy={renderWhy} />}
        >
          {children}
        </Why>
      )}
    </Box>
  );
}

/** Asked for once somebody wants to know. */
function Because({ renderWhy }: Pick<ItemProps, "renderWhy">) {
  const { id, search } = useAccountPlace();
  const explained = useQuery(explainQuery(id, search.at));
  const changes = useQuery({ ...changesQuery(id), enabled: search.at === undefined });
  if (explained.error) return <Failed error={explained.error} />;
  if (!explained.data) return <Loading lines={4} height={18} />;
  return renderWhy(explained.data, search.at === undefined ? changes.data : undefined);
}

function FactWhy({ explained, name }: { readonly explained: Explained; readonly name: string }) {
  const { id, search } = useAccountPlace();
  const { data, error } = useQuery(factsQuery(id, search.at));
  if (error) return <Failed error={error} />;
  if (!data) return <Loading lines={2} height={18} />;
  return <WhyFact explained={explained} fact={data.facts.find((fact) => fact.name === name)} />;
}

function OwnerItem({ account }: { readonly account: Account }) {
  const common = useText("common");
  const { id, search, show } = useAccountPlace();
  const { data: ties, error } = useQuery(tiesQuery(id));
  const name = ties?.owner_name ?? (account.owner === null ? common("nobody") : null);
  return (
    <Box style={{ minWidth: 0 }}>
      <Text size="xs" c="dimmed" mb={2}>
        {common("owner")}
      </Text>
      <Why
        what={`${common("owner")}: ${name ?? account.owner ?? ""}`}
        width={340}
        isOpen={search.why === "owner"}
        onOpen={(isOpen) => show({ why: isOpen ? "owner" : undefined })}
        renderWhy={() =>
          error ? <Failed error={error} /> : ties ? <WhyOwner ties={ties} /> : <Loading lines={2} />
        }
      >
        {name === null && !error ? (
          <Skeleton height={18} width={90} mt={2} />
        ) : (
          <Text size="sm" fw={550} truncate title={name ?? account.owner ?? ""}>
            {name ?? account.owner}
          </Text>
        )}
      </Why>
    </Box>
  );
}

interface Standing {
  readonly level: string | null;
  readonly pinned: boolean;
  readonly held: boolean;
  readonly stage: string | null;
  readonly isOverdue: boolean;
  readonly score: number | null;
  readonly band: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

function ofAccount(account: Account): Standing {
  return {
    level: account.level,
    pinned: account.pinned,
    held: account.held,
    stage: account.stage,
    isOverdue: account.stage_status === "overdue",
    score: account.health,
    band: account.health_band,
    facts: account.facts,
  };
}

function standing({ level, stage, health, facts }: Explained): Standing {
  return {
    level: level?.name ?? null,
    pinned: Boolean(level?.pinned),
    held: level?.held ?? false,
    stage: stage?.name ?? null,
    isOverdue: stage?.status === "overdue",
    score: health.score,
    band: health.band,
    facts,
  };
}
