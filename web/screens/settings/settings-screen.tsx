import { Box, Group, NavLink } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { type Access, useMe } from "../../lib/me.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";
import { AuditSection } from "./audit-section.tsx";
import { ChannelsSection } from "./channels-section.tsx";
import { KeysSection } from "./keys-section.tsx";
import { PreferencesSection } from "./preferences-section.tsx";
import { PrivacySection } from "./privacy-section.tsx";
import { QualitySection } from "./quality-section.tsx";
import { type Section, SECTIONS } from "./settings-search.ts";
import { SuppressionsSection } from "./suppressions-section.tsx";
import { TeamSection } from "./team-section.tsx";
import { UnattributedSection } from "./unattributed-section.tsx";
import { useSettingsSearch } from "./use-settings-search.ts";
import { WebhooksSection } from "./webhooks-section.tsx";

/** Each section with the least access that has anything to see there. */
const CONTENT: Readonly<
  Record<Section, { readonly needs: Access; readonly content: ComponentType }>
> = {
  preferences: { needs: "csm", content: PreferencesSection },
  team: { needs: "csm", content: TeamSection },
  quality: { needs: "csm", content: QualitySection },
  unattributed: { needs: "csm", content: UnattributedSection },
  channels: { needs: "csm", content: ChannelsSection },
  audit: { needs: "csm", content: AuditSection },
  suppressions: { needs: "ops", content: SuppressionsSection },
  webhooks: { needs: "ops", content: WebhooksSection },
  keys: { needs: "admin", content: KeysSection },
  privacy: { needs: "admin", content: PrivacySection },
};

/** How the workspace is set up, and what its data is like; each section for those who may. */
export function SettingsScreen() {
  const t = useText("settings");
  const me = useMe();
  const [search, change] = useSettingsSearch();
  const sections = SECTIONS.filter((one) => me.may(CONTENT[one].needs));
  useOfferCommands(
    sections.map((one) => ({
      label: `${t("title")}: ${t(`section_${one}`)}`,
      run: () => change({ section: one }),
    })),
  );
  const asked = search.section ?? (me.may("ops") ? "team" : "preferences");
  const section = sections.find((one) => one === asked) ?? "preferences";
  const { content: Content } = CONTENT[section];
  return (
    <Page title={t("title")}>
      <Group align="flex-start" gap="xl" wrap="nowrap">
        <Box component="nav" aria-label={t("sections")} w={176} style={{ flexShrink: 0 }}>
          {sections.map((one) => (
            <NavLink
              key={one}
              component={Link}
              {...({ to: "/settings", search: { section: one } } as object)}
              label={t(`section_${one}`)}
              active={one === section}
              variant="light"
              color="teal"
              aria-current={one === section ? "page" : undefined}
              py={6}
              styles={{ label: { fontSize: 13 }, root: { borderRadius: 8 } }}
            />
          ))}
        </Box>
        <Box flex={1} miw={0} maw={1040}>
          <Content />
        </Box>
      </Group>
    </Page>
  );
}
