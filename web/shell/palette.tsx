import { Group, Kbd, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight } from "@mantine/spotlight";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import { api, ask } from "../lib/api.ts";
import { useMe } from "../lib/me.ts";
import { useText } from "../text/text.ts";
import { LevelBadge } from "../ui/badges.tsx";
import { IconSearch } from "../ui/icons.ts";
import { useCommands } from "./commands.ts";
import { takeEarly } from "./open-palette.ts";
import { SCREENS } from "./screens.ts";

const FOUND_ACCOUNTS = 8;

/** Enter opens the first match where none is chosen by the arrows. */
function openFirst(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== "Enter") return;
  const list = event.currentTarget.closest("[role=dialog]");
  if (list?.querySelector("[data-action][data-selected]")) return;
  list?.querySelector<HTMLElement>("[data-action]")?.click();
}

/** Ctrl-K: accounts, screens and actions by their names. */
export function Palette() {
  const t = useText("common");
  const me = useMe();
  const router = useRouter();
  const navigate = useNavigate();
  const commands = useCommands();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 120);
  const accounts = useQuery({
    queryKey: ["palette", asked],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/accounts", {
          params: { query: { q: asked, limit: FOUND_ACCOUNTS } },
          signal,
        }),
      ),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  const has = (label: string): boolean => label.toLowerCase().includes(text.trim().toLowerCase());
  const screens = SCREENS.filter((one) => me.may(one.needs) && has(t(one.text)));
  const actions = commands.filter(({ label }) => has(label));
  const found = asked === "" ? [] : (accounts.data?.items ?? []);
  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      shortcut={null}
      scrollable
      maxHeight={420}
      centered={false}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
    >
      <Spotlight.Search
        placeholder={t("searchHint")}
        aria-label={t("searchHint")}
        leftSection={<IconSearch size={18} aria-hidden />}
        onFocus={() => {
          const early = takeEarly();
          if (early !== "") setText(early);
        }}
        onKeyDown={openFirst}
      />
      <Spotlight.ActionsList>
        {found.length > 0 && (
          <Spotlight.ActionsGroup label={t("accounts")}>
            {found.map((one) => (
              <Spotlight.Action
                key={one.id}
                onClick={() =>
                  void navigate({ to: "/accounts/$account", params: { account: one.id } })
                }
              >
                <Group justify="space-between" w="100%" wrap="nowrap">
                  <Text size="sm" truncate>
                    {one.name ?? one.id}
                  </Text>
                  <LevelBadge level={one.level} />
                </Group>
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {screens.length > 0 && (
          <Spotlight.ActionsGroup label={t("screens")}>
            {screens.map(({ to, text: name, letter, icon: ScreenIcon }) => (
              <Spotlight.Action
                key={to}
                label={t(name)}
                leftSection={<ScreenIcon size={16} aria-hidden />}
                rightSection={<Kbd size="xs">g {letter}</Kbd>}
                onClick={() => router.history.push(to)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label={t("actions")}>
            {actions.map(({ label, run }) => (
              <Spotlight.Action key={label} label={label} onClick={run} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.length + screens.length + actions.length === 0 && (
          <Spotlight.Empty>{t("noMatches")}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
