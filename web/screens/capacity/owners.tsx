import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import type { components } from "../../lib/api-types.ts";
import { useFormat } from "../../lib/format.ts";
import { useMe } from "../../lib/me.ts";
import { tell } from "../../lib/tell.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconCircleCheck } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";

type Suggested = components["schemas"]["SuggestedOwners"];
const KEY = ["capacity", "suggestions"];
const SHOWN = 100;

/** Which accounts should get another owner, and why; leaders choose which moves are made. */
export function SuggestedOwners() {
  const t = useText("capacity");
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ask(api.GET("/api/owners/suggestions", { signal })),
  });
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { suggestions, nobody_fits: nobodyFits } = query.data;
  if (suggestions.length === 0 && nobodyFits.length === 0)
    return <Empty icon={IconCircleCheck} title={t("ownersFit")} text={t("ownersFitText")} />;
  return (
    <Stack gap="lg">
      {suggestions.length > 0 && <Moves suggested={query.data} />}
      <BeforeAfter suggested={query.data} />
      <NobodyFits suggested={query.data} />
    </Stack>
  );
}

function Moves({ suggested }: { readonly suggested: Suggested }) {
  const t = useText("capacity");
  const format = useFormat();
  const me = useMe();
  const isLeader = me.may("leader");
  const { suggestions } = suggested;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const picked = suggestions.filter(({ account }) => chosen.has(account));
  const accept = useAct<readonly Suggested["suggestions"][number][]>({
    run: (moves, key) =>
      ask(
        api.POST("/api/owners/accept", {
          headers: idempotent(key),
          body: { accounts: moves.map(({ account, to: owner }) => ({ account, owner })) },
        }),
      ),
    optimistic: (moves, change) => {
      const gone = new Set(moves.map(({ account }) => account));
      change<Suggested>(KEY, (data) => ({
        ...data,
        suggestions: data.suggestions.filter(({ account }) => !gone.has(account)),
      }));
    },
    refresh: [["capacity"]],
    onDone: (_, moves) => {
      setChosen(new Set());
      tell({ message: t("accepted", { count: moves.length }) });
    },
  });
  const toggle = (account: string) =>
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(account)) next.add(account);
      return next;
    });
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t("suggestionsIntro", { count: suggestions.length })}
        </Text>
        {isLeader && (
          <Button
            disabled={picked.length === 0}
            loading={accept.isBusy}
            onClick={() => accept.act(picked)}
          >
            {t("accept", { count: picked.length })}
          </Button>
        )}
      </Group>
      <table className="plain-table">
        <thead>
          <tr>
            {isLeader && (
              <th scope="col" style={{ width: 32 }}>
                <Checkbox
                  aria-label={t("chooseAll")}
                  checked={picked.length === suggestions.length}
                  indeterminate={picked.length > 0 && picked.length < suggestions.length}
                  onChange={() =>
                    setChosen(
                      new Set(
                        picked.length === suggestions.length
                          ? []
                          : suggestions.map(({ account }) => account),
                      ),
                    )
                  }
                />
              </th>
            )}
            <th scope="col">{t("account")}</th>
            <th scope="col">{t("level")}</th>
            <th scope="col">{t("fromOwner")}</th>
            <th scope="col">{t("toOwner")}</th>
            <th scope="col" className="number">
              {t("hoursMove")}
            </th>
            <th scope="col" style={{ width: "36%" }}>
              {t("why")}
            </th>
          </tr>
        </thead>
        <tbody>
          {suggestions.slice(0, SHOWN).map((one) => (
            <tr key={one.account} data-suggestion={one.account}>
              {isLeader && (
                <td>
                  <Checkbox
                    aria-label={t("choose", { name: one.name ?? one.account })}
                    checked={chosen.has(one.account)}
                    onChange={() => toggle(one.account)}
                  />
                </td>
              )}
              <th scope="row">
                <AccountLink id={one.account} name={one.name} />
              </th>
              <td>{one.level}</td>
              <td>{one.from_name ?? one.from ?? t("nobody")}</td>
              <td>{one.to_name ?? one.to ?? t("nobody")}</td>
              <td className="number">{format.hours(one.minutes)}</td>
              <td>
                <Text size="xs">{one.reasons.join("; ")}</Text>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {suggestions.length > SHOWN && (
        <Text size="xs" c="dimmed">
          {t("firstOf", { count: SHOWN, all: suggestions.length })}
        </Text>
      )}
    </Stack>
  );
}

/** Accounts and hours of each person, as they are and with every suggestion made. */
function BeforeAfter({ suggested: { people, weeks } }: { readonly suggested: Suggested }) {
  const t = useText("capacity");
  const format = useFormat();
  if (people.length === 0) return null;
  return (
    <table className="plain-table">
      <caption style={{ textAlign: "left", paddingBottom: 4 }}>
        <Text size="sm" fw={550}>
          {t("beforeAfter", { weeks })}
        </Text>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t("who")}</th>
          <th scope="col" className="number">
            {t("accountsBefore")}
          </th>
          <th scope="col" className="number">
            {t("accountsAfter")}
          </th>
          <th scope="col" className="number">
            {t("hoursBefore")}
          </th>
          <th scope="col" className="number">
            {t("hoursAfter")}
          </th>
          <th scope="col" className="number">
            {t("hoursThere")}
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((one) => (
          <tr key={one.id}>
            <th scope="row">{one.name}</th>
            <td className="number">{format.number(one.before.accounts)}</td>
            <td className="number">{format.number(one.after.accounts)}</td>
            <td className="number">{format.hours(one.before.minutes)}</td>
            <td className="number">{format.hours(one.after.minutes)}</td>
            <td className="number">{one.capacity === null ? "–" : format.hours(one.capacity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NobodyFits({ suggested: { nobody_fits: list } }: { readonly suggested: Suggested }) {
  const t = useText("capacity");
  if (list.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={550}>
        {t("nobodyFits", { count: list.length })}
      </Text>
      {list.slice(0, 20).map((one) => (
        <Text size="sm" key={one.account} component="div">
          <AccountLink id={one.account} name={one.name} />{" "}
          <Text span size="xs" c="dimmed">
            {one.reason}
          </Text>
        </Text>
      ))}
    </Stack>
  );
}
