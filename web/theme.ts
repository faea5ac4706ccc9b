import { createTheme, type CSSVariablesResolver } from "@mantine/core";

/** Dense, quiet, readable: 14 px, one accent, colour for meaning only. Shades chosen so that text passes contrast checks. */
export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 9, dark: 9 },
  autoContrast: true,
  luminanceThreshold: 0.2,
  defaultRadius: "md",
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "1.3" },
      h2: { fontSize: "16px", lineHeight: "1.35" },
      h3: { fontSize: "14px", lineHeight: "1.4" },
    },
  },
  cursorType: "pointer",
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, fz: "xs" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Button: { defaultProps: { size: "xs" } },
    TextInput: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs" } },
    MultiSelect: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Checkbox: { defaultProps: { size: "xs" } },
    Badge: { defaultProps: { variant: "light", size: "sm", radius: "sm", tt: "none", fw: 550 } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
    // as it comes its text fails contrast checks in the dark
    Notification: { styles: { description: { color: "var(--mantine-color-dimmed)" } } },
    Paper: { defaultProps: { radius: "md" } },
  },
});

/** Mantine's dimmed text and light variants fail contrast checks as they come. */
export const cssVariables: CSSVariablesResolver = (all) => {
  const names = Object.keys(all.colors);
  const shade = (name: string, n: number): string => all.colors[name]?.[n] ?? "currentColor";
  // a filled button gets darker under the pointer: lighter, its text could not be read
  const hovers = Object.fromEntries(
    names.map((name) => [
      `--mantine-color-${name}-filled-hover`,
      `color-mix(in srgb, var(--mantine-color-${name}-filled) 86%, black)`,
    ]),
  );
  return {
    variables: {},
    light: {
      ...hovers,
      "--mantine-color-dimmed": shade("gray", 7),
      "--mantine-color-placeholder": shade("gray", 7),
      "--mantine-color-anchor": shade("teal", 9),
      ...Object.fromEntries(
        names.map((name) => [
          `--mantine-color-${name}-light-color`,
          `color-mix(in srgb, ${shade(name, 9)} 75%, black)`,
        ]),
      ),
    },
    dark: {
      ...hovers,
      "--mantine-color-dimmed": shade("dark", 1),
      "--mantine-color-placeholder": shade("dark", 1),
      "--mantine-color-anchor": shade("teal", 3),
      ...Object.fromEntries(
        names.map((name) => [`--mantine-color-${name}-light-color`, shade(name, 2)]),
      ),
    },
  };
};
