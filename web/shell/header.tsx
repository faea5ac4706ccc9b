import { Badge, Box, Group, Kbd, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../lib/format.ts";
import { useLiveStatus } from "../lib/live.ts";
import { useMe, useWorkspace } from "../lib/me.ts";
import { chooseLanguage, type Language, LANGUAGES, useText } from "../text/text.ts";
import {
  IconBook,
  IconCheck,
  IconKeyboard,
  IconLogout,
  IconSearch,
  IconUser,
} from "../ui/icons.ts";
import { type MenuLine, PopMenu } from "../ui/pop-up.tsx";
import { Tip } from "../ui/tip.tsx";
import { openPalette } from "./open-palette.ts";
import { openShortcuts } from "./shortcut-keys.tsx";
import { useSignOut } from "./sign-out.ts";

/** Search, whether all is live, and one's own menu. */
export function Header() {
  const t = useText("common");
  const format = useFormat();
  const { sends, today, model } = useWorkspace();
  return (
    <Group h="100%" px="lg" justify="space-between" wrap="nowrap">
      <UnstyledButton
        onClick={openPalette}
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
    <Tip label={text}>
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
    </Tip>
  );
}

const THEMES = { light: "themeLight", dark: "themeDark", auto: "themeAuto" } as const;

function OwnMenu() {
  const t = useText("common");
  const me = useMe();
  const { i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const tick = (isChosen: boolean) => (isChosen ? <IconCheck size={14} aria-hidden /> : null);
  const lines: readonly MenuLine[] = [
    { kind: "heading", text: t("theme") },
    ...(["light", "dark", "auto"] as const).map((scheme) => ({
      text: t(THEMES[scheme]),
      onClick: () => setColorScheme(scheme),
      right: tick(colorScheme === scheme),
    })),
    { kind: "heading", text: t("language") },
    ...(Object.keys(LANGUAGES) as Language[]).map((lang) => ({
      text: LANGUAGES[lang],
      lang,
      onClick: () => void chooseLanguage(lang),
      right: tick(i18n.language === lang),
    })),
    { kind: "rule" },
    {
      text: t("keyboard"),
      left: <IconKeyboard size={15} aria-hidden />,
      right: <Kbd size="xs">?</Kbd>,
      onClick: openShortcuts,
    },
    { text: t("apiDocs"), left: <IconBook size={15} aria-hidden />, href: "/docs" },
    { text: t("signOut"), left: <IconLogout size={15} aria-hidden />, onClick: signOut },
  ];
  return (
    <PopMenu
      position="bottom-end"
      width={230}
      lines={lines}
      renderButton={(opener) => (
        <UnstyledButton {...opener} aria-label={t("signedInAs", { name: me.name })}>
          <Group gap={6} wrap="nowrap">
            <IconUser size={16} aria-hidden />
            <Text size="sm" fw={500} maw={180} truncate title={me.name}>
              {me.name}
            </Text>
          </Group>
        </UnstyledButton>
      )}
    />
  );
}
