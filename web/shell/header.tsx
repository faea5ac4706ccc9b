import {
  Badge,
  Box,
  Group,
  Kbd,
  Menu,
  Text,
  Tooltip,
  UnstyledButton,
  useMantineColorScheme,
} from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "../lib/api.ts";
import { useFormat } from "../lib/format.ts";
import { useLiveStatus } from "../lib/live.ts";
import { meQuery, useMe, useWorkspace } from "../lib/me.ts";
import { chooseLanguage, type Language, LANGUAGES, useText } from "../text/text.ts";
import {
  IconBook,
  IconCheck,
  IconKeyboard,
  IconLogout,
  IconSearch,
  IconUser,
} from "../ui/icons.ts";
import { openShortcuts } from "./shortcut-keys.tsx";

/** Search, whether all is live, and one's own menu. */
export function Header() {
  const t = useText("common");
  const format = useFormat();
  const { sends, today, model } = useWorkspace();
  return (
    <Group h="100%" px="lg" justify="space-between" wrap="nowrap">
      <UnstyledButton
        onClick={spotlight.open}
        aria-label={`${t("search")} (Ctrl K)`}
        px="sm"
        h={30}
        w={320}
        style={{
          border: "1px solid var(--ts-border)",
          borderRadius: 8,
          background: "var(--ts-surface)",
        }}
      >
        <Group gap="xs" wrap="nowrap">
          <IconSearch size={15} aria-hidden />
          <Text size="sm" c="dimmed" flex={1}>
            {t("searchHint")}
          </Text>
          <Kbd size="xs">Ctrl K</Kbd>
        </Group>
      </UnstyledButton>
      <Group gap="md" wrap="nowrap">
        {model !== null && !sends && (
          <Badge color="gray" variant="outline">
            {t("dryRun")}
          </Badge>
        )}
        <Text size="sm" c="dimmed" className="tabular" visibleFrom="sm">
          {format.weekday(today)}
        </Text>
        <LiveDot />
        <OwnMenu />
      </Group>
    </Group>
  );
}

function LiveDot() {
  const t = useText("common");
  const status = useLiveStatus();
  const text = t(status === "away" ? "liveOff" : "liveOn");
  return (
    <Tooltip label={text}>
      <Box
        role="status"
        aria-label={text}
        w={8}
        h={8}
        style={{
          borderRadius: 4,
          background:
            status === "away"
              ? "var(--ts-red)"
              : status === "live"
                ? "var(--ts-green)"
                : "var(--ts-border)",
        }}
      />
    </Tooltip>
  );
}

const THEMES = { light: "themeLight", dark: "themeDark", auto: "themeAuto" } as const;

function OwnMenu() {
  const t = useText("common");
  const me = useMe();
  const { i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const queries = useQueryClient();
  const signOut = async (): Promise<void> => {
    await ask(api.DELETE("/api/session"));
    queries.clear();
    await queries.resetQueries(meQuery);
    window.location.assign("/");
  };
  const tick = (isChosen: boolean) => (isChosen ? <IconCheck size={14} aria-hidden /> : null);
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <UnstyledButton aria-label={t("signedInAs", { name: me.name })}>
          <Group gap={6} wrap="nowrap">
            <IconUser size={16} aria-hidden />
            <Text size="sm" fw={500} maw={180} truncate>
              {me.name}
            </Text>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("theme")}</Menu.Label>
        {(["light", "dark", "auto"] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={tick(colorScheme === scheme)}
          >
            {t(THEMES[scheme])}
          </Menu.Item>
        ))}
        <Menu.Label>{t("language")}</Menu.Label>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            onClick={() => void chooseLanguage(language)}
            rightSection={tick(i18n.language === language)}
          >
            {LANGUAGES[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconKeyboard size={15} aria-hidden />}
          rightSection={<Kbd size="xs">?</Kbd>}
          onClick={openShortcuts}
        >
          {t("keyboard")}
        </Menu.Item>
        <Menu.Item component="a" href="/docs" leftSection={<IconBook size={15} aria-hidden />}>
          {t("apiDocs")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={15} aria-hidden />}
          onClick={() => void signOut()}
        >
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
