import { ActionIcon, Anchor, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconDatabase, IconEdit, IconSearch } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { type Explained, explainQuery } from "../../ui/why/explained.ts";
import { spoken } from "../../ui/why/rule-words.ts";
import { useRuleWords } from "../../ui/why/use-rule-words.ts";
import { Why } from "../../ui/why/why.tsx";
import { WhyFact } from "../../ui/why/why-fact.tsx";
import { Tip } from "../../ui/tip.tsx";
import { accountQuery, type Fact, factsQuery } from "./account-queries.ts";
import { ChangeForm } from "./change-form.tsx";
import { useAccountPlace, useMayChange } from "./use-account.ts";

/** Every fact with where it comes from and since when; unknown ones last. */
export function FactsTab() {
  const t = useText("account");
  const { id, search, show } = useAccountPlace();
  const facts = useQuery(factsQuery(id, search.at));
  const explained = useQuery(explainQuery(id, search.at));
  const { data: seen } = useQuery(accountQuery(id));
  const mayChange = useMayChange(seen?.account.owner, search.at);
  const [trait, setTrait] = useState<string | null>(null);
  const error = facts.error ?? explained.error;
  if (error) return <Failed error={error} />;
  if (!facts.data || !explained.data) return <Loading />;
  const text = (search.q ?? "").toLowerCase();
  const shown = facts.data.facts
    .filter(({ name, source }) => `${spoken(name)} ${source}`.toLowerCase().includes(text))
    .toSorted(
      (a, b) => Number(a.value === null) - Number(b.value === null) || (a.name < b.name ? -1 : 1),
    );
  return (
    <Stack gap="sm">
      <TextInput
        aria-label={t("findFact")}
        placeholder={t("findFact")}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={search.q ?? ""}
        onChange={(event) => show({ q: event.currentTarget.value || undefined })}
        w={240}
      />
      {shown.length === 0 ? (
        <Empty icon={IconDatabase} title={t("noFacts")} />
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("fact")}</th>
              <th scope="col">{t("valueIs")}</th>
              <th scope="col">{t("source")}</th>
              <th scope="col">{t("sinceWhen")}</th>
              <th scope="col">{t("history")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((fact) => (
              <Row
                key={fact.name}
                fact={fact}
                explained={explained.data}
                edit={mayChange && fact.trait !== null ? () => setTrait(fact.trait) : undefined}
              />
            ))}
          </tbody>
        </table>
      )}
      {trait !== null && seen && (
        <ChangeForm kind="trait" trait={trait} seen={seen} close={() => setTrait(null)} />
      )}
    </Stack>
  );
}

interface RowProps {
  readonly fact: Fact;
  readonly explained: Explained;
  readonly edit: (() => void) | undefined;
}

function Row({ fact, explained, edit }: RowProps) {
  const t = useText("account");
  const format = useFormat();
  const words = useRuleWords(explained.about);
  const { show } = useAccountPlace();
  const label = spoken(fact.name);
  return (
    <tr>
      <td aria-label={label}>
        <Why what={label} renderWhy={() => <WhyFact explained={explained} fact={fact} />}>
          <Text size="sm" fw={550}>
            {label}
          </Text>
        </Why>
      </td>
      <td className="tabular">
        <Group gap={4} wrap="nowrap">
          <Text
            size="sm"
            c={fact.value === null ? "dimmed" : undefined}
            style={{ overflowWrap: "anywhere" }}
          >
            {words.value(fact.name, fact.value)}
          </Text>
          {edit && (
            <Tip label={t("change_trait")}>
              <ActionIcon size="sm" aria-label={`${t("change_trait")}: ${label}`} onClick={edit}>
                <IconEdit size={13} aria-hidden />
              </ActionIcon>
            </Tip>
          )}
        </Group>
      </td>
      <td>
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {fact.source}
        </Text>
      </td>
      <td className="tabular" style={{ whiteSpace: "nowrap" }}>
        {fact.since === null ? "–" : format.shortDay(fact.since)}
      </td>
      <td className="tabular" style={{ whiteSpace: "nowrap" }}>
        {fact.type === "number" ? (
          <Anchor
            component="button"
            size="sm"
            onClick={() => show({ tab: "usage", fact: fact.name }, true)}
          >
            {historyText(fact, t)}
          </Anchor>
        ) : (
          historyText(fact, t)
        )}
      </td>
    </tr>
  );
}

function historyText({ kind, times }: Fact, t: ReturnType<typeof useText<"account">>): string {
  if (times === null) return t("madeOfOthers");
  return kind === "event" ? t("events", { count: times }) : t("values", { count: times });
}
