import { ActionIcon, Box, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type Access, useMe } from "../lib/me.ts";
import { useText } from "../text/text.ts";
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from "../ui/icons.ts";
import { Tip } from "../ui/tip.tsx";
import { SCREENS } from "./screens.ts";

interface NavigationProps {
  readonly isNarrow: boolean;
  readonly onNarrow: (isNarrow: boolean) => void;
  readonly access: Access;
}

export function Navigation({ isNarrow, onNarrow }: NavigationProps) {
  const t = useText("common");
  const me = useMe();
  const toggle = t(isNarrow ? "expandNavigation" : "collapseNavigation");
  return (
    <Stack
      h="100%"
      justify="space-between"
      gap="xs"
      component="nav"
      aria-label={t("mainNavigation")}
    >
      <Stack gap={2}>
        <Group gap="xs" px={isNarrow ? 6 : 8} py={6} mb={6} wrap="nowrap">
          <img src="/icon.svg" alt="" width={24} height={24} />
          {!isNarrow && <Text fw={650}>{t("appName")}</Text>}
        </Group>
        {SCREENS.filter(({ needs }) => me.may(needs)).map(({ to, text, icon: ScreenIcon }) => (
          <Tip key={to} label={t(text)} side="right" disabled={!isNarrow}>
            <Link
              to={to}
              className="nav-link"
              aria-label={t(text)}
              activeProps={{ "aria-current": "page" }}
              style={isNarrow ? { justifyContent: "center", paddingInline: 0 } : undefined}
            >
              <ScreenIcon size={18} stroke={1.7} aria-hidden />
              {!isNarrow && <span>{t(text)}</span>}
            </Link>
          </Tip>
        ))}
      </Stack>
      <Box>
        <Tip label={toggle} side="right">
          <ActionIcon aria-label={toggle} onClick={() => onNarrow(!isNarrow)}>
            {isNarrow ? (
              <IconLayoutSidebarLeftExpand size={18} aria-hidden />
            ) : (
              <IconLayoutSidebarLeftCollapse size={18} aria-hidden />
            )}
          </ActionIcon>
        </Tip>
      </Box>
    </Stack>
  );
}
