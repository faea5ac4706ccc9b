import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { LevelBadge } from "../../ui/badges.tsx";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import { changesQuery, type Explained, explainQuery } from "../../ui/why/explained.ts";
import { spoken } from "../../ui/why/rule-words.ts";
import { RuleTree } from "../../ui/why/rule-tree.tsx";
import { Section } from "../../ui/why/section.tsx";
import { Why } from "../../ui/why/why.tsx";
import { WhySegment } from "../../ui/why/whys.tsx";
import { type Account, tiesQuery } from "./account-queries.ts";
import { useAccountPlace } from "./use-account.ts";

/** Beside the tabs: where the account belongs, what runs for it, and who is around it. */
export function AccountSummary({ account }: { readonly account: Account }) {
  const { id, search } = useAccountPlace();
  const { data, error } = useQuery(explainQuery(id, search.at));
  if (error) return <Failed error={error} />;
  if (!data) return <Loading lines={5} height={18} />;
  return (
    <Stack gap="lg" component="aside">
      <Segments explained={data} />
      <Programs explained={data} />
      <About account={account} />
      <Relatives />
    </Stack>
  );
}

function Segments({ explained }: { readonly explained: Explained }) {
  const t = useText("account");
  const { id, search } = useAccountPlace();
  const [isAsked, setAsked] = useState(false);
  const { data: changes } = useQuery({
    ...changesQuery(id),
    enabled: search.at === undefined && isAsked,
  });
  const all = Object.entries(explained.segments);
  if (all.length === 0) return null;
  const isIn = ([, one]: (typeof all)[number]): boolean =>
    "in" in one ? one.in : one.name !== null;
  return (
    <Section title={t("segments")}>
      <Stack gap={2}>
        {all
          .toSorted((a, b) => Number(isIn(b)) - Number(isIn(a)))
          .map((entry) => {
            const [name, one] = entry;
            const member = isIn(entry);
            const text = "in" in one ? spoken(name) : `${spoken(name)}: ${spoken(one.name ?? "–")}`;
            return (
              <Why
                key={name}
                what={text}
                onOpen={() => setAsked(true)}
                renderWhy={() => (
                  <WhySegment
                    explained={explained}
                    changes={search.at === undefined ? changes : undefined}
                    name={name}
                  />
                )}
              >
                <Group gap={8} wrap="nowrap">
                  <i className="member-dot" data-in={member} aria-hidden />
                  <Text size="sm" c={member ? undefined : "dimmed"} fw={member ? 550 : 400}>
                    {text}
                  </Text>
                </Group>
              </Why>
            );
          })}
      </Stack>
    </Section>
  );
}

function Programs({ explained }: { readonly explained: Explained }) {
  const t = useText("account");
  const format = useFormat();
  const { programs, touches } = explained;
  return (
    <Section title={t("programs")}>
      {programs.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noPrograms")}
        </Text>
      )}
      <Stack gap={4}>
        {programs.map((program) => {
          const next = touches
            .filter((touch) => touch.program === program.name && touch.status === "planned")
            .map(({ due }) => due)
            .toSorted()[0];
          const trace = explained.rules.programs[program.name];
          return (
            <Why
              key={`${program.name} ${program.run} ${program.contact ?? ""}`}
              what={spoken(program.name)}
              width={380}
              renderWhy={() => (
                <Stack gap="xs">
                  <Text size="sm">
                    {t("runSince", { run: program.run, day: format.day(program.since) })}
                  </Text>
                  {trace ? (
                    <RuleTree trace={trace} about={explained.about} />
                  ) : (
                    <Text size="sm" c="dimmed">
                      {t("startedByEvent")}
                    </Text>
                  )}
                </Stack>
              )}
            >
              <Text size="sm" fw={550}>
                {spoken(program.name)}
              </Text>
              <Text size="xs" c="dimmed" className="tabular">
                {t("since", { day: format.shortDay(program.since) })}
                {next !== undefined && ` · ${t("nextTouch", { day: format.shortDay(next) })}`}
              </Text>
            </Why>
          );
        })}
      </Stack>
    </Section>
  );
}

function About({ account }: { readonly account: Account }) {
  const t = useText("account");
  const format = useFormat();
  const { search } = useAccountPlace();
  const lines: (readonly [string, string])[] = [
    [t("customerSince"), format.day(account.created_at ?? account.first_seen_at)],
    [t("timezone"), account.timezone ?? "–"],
    // counted today: not what was known on a past day
    ...(search.at === undefined
      ? ([
          [t("contactsCount"), format.number(account.contacts)],
          [t("openTouches"), format.number(account.open_touches)],
        ] as const)
      : []),
  ];
  return (
    <Section title={t("about")}>
      {lines.map(([label, value]) => (
        <Group key={label} justify="space-between" gap="xs" wrap="nowrap">
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          <Text size="sm" className="tabular" ta="right">
            {value}
          </Text>
        </Group>
      ))}
    </Section>
  );
}

function Relatives() {
  const t = useText("account");
  const { id, search } = useAccountPlace();
  const { data } = useQuery(tiesQuery(id));
  if (!data || (data.parent === null && data.children.length === 0)) return null;
  return (
    <Section title={t("relatives")}>
      {data.parent && (
        <Group gap={6} wrap="nowrap">
          <Text size="sm" c="dimmed">
            {t("belongsTo")}
          </Text>
          <AccountLink {...data.parent} at={search.at} />
        </Group>
      )}
      {data.children.map(({ level, ...child }) => (
        <Group key={child.id} gap={6} wrap="nowrap" justify="space-between">
          <Anchor component="span" size="sm" truncate>
            <AccountLink {...child} at={search.at} />
          </Anchor>
          <LevelBadge level={level} />
        </Group>
      ))}
    </Section>
  );
}
