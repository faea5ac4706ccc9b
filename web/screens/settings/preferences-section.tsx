import { SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useMe, useWorkspace } from "../../lib/me.ts";
import { chooseLanguage, type Language, LANGUAGES, useText } from "../../text/text.ts";
import { SectionHead } from "./section-head.tsx";

/** What is one's own alone, kept in this browser. */
export function PreferencesSection() {
  const t = useText("settings");
  const common = useText("common");
  const me = useMe();
  const { timezone, currency } = useWorkspace();
  const { i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [isNarrow, setNarrow] = useLocalStorage({ key: "touchstone-narrow", defaultValue: false });
  return (
    <>
      <SectionHead title={t("section_preferences")} text={t("preferencesText")} />
      <Stack gap="lg">
        <div>
          <Text size="sm" fw={550} mb={4}>
            {common("language")}
          </Text>
          <SegmentedControl
            aria-label={common("language")}
            value={i18n.language}
            onChange={(one) => void chooseLanguage(one as Language)}
            data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          />
        </div>
        <div>
          <Text size="sm" fw={550} mb={4}>
            {common("theme")}
          </Text>
          <SegmentedControl
            aria-label={common("theme")}
            value={colorScheme}
            onChange={(one) => setColorScheme(one)}
            data={[
              { value: "light", label: common("themeLight") },
              { value: "dark", label: common("themeDark") },
              { value: "auto", label: common("themeAuto") },
            ]}
          />
        </div>
        <Switch
          label={common("collapseNavigation")}
          checked={isNarrow}
          onChange={(event) => setNarrow(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed">
          {t("signedIn", { name: me.name, access: t(`access_${me.access}`) })}{" "}
          {t("workspaceForm", { timezone, currency })}
        </Text>
      </Stack>
    </>
  );
}
