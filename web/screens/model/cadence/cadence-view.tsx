import { Group, NavLink, Stack, Text, Title } from "@mantine/core";
import type { Cap, Model } from "../../../../src/core/model/index.ts";
import { useText } from "../../../text/text.ts";
import { Empty } from "../../../ui/empty.tsx";
import { IconCalendar } from "../../../ui/icons.ts";
import { Loading } from "../../../ui/loading.tsx";
import { useBench } from "../bench-context.ts";
import { durationText } from "../duration-words.ts";
import { RuleText } from "../levels/rule-text.tsx";
import { useModelSearch } from "../use-model-search.ts";
import { CadenceTable } from "./cadence-table.tsx";
import { cadenceOf } from "./cadence-of.ts";

type Program = Model["programs"][number];

/** What happens when: each program's touches over the weeks of a run. */
export function CadenceView() {
  const t = useText("model");
  const { checked } = useBench();
  const [search, change] = useModelSearch();
  const { model } = checked;
  if (!model) return <Loading />;
  const program = model.programs.find(({ name }) => name === search.program) ?? model.programs[0];
  if (!program)
    return <Empty icon={IconCalendar} title={t("noPrograms")} text={t("noProgramsText")} />;
  return (
    <Group align="flex-start" wrap="nowrap" gap="md">
      <nav aria-label={t("programs")} style={{ width: 170, flexShrink: 0 }}>
        {model.programs.map(({ name, steps }) => (
          <NavLink
            key={name}
            component="button"
            label={name}
            description={t("touchCount", { count: steps.length })}
            active={name === program.name}
            aria-current={name === program.name ? "true" : undefined}
            onClick={() => change({ program: name })}
            py={4}
            style={{ borderRadius: 8 }}
          />
        ))}
      </nav>
      <Stack gap="md" flex={1} miw={0}>
        <ProgramHead program={program} />
        <CadenceTable model={model} program={program} cadence={cadenceOf(program)} />
        <Caps caps={model.caps} />
      </Stack>
    </Group>
  );
}

function ProgramHead({ program }: { readonly program: Program }) {
  const t = useText("model");
  const { name, when, on, again, finish, forContact } = program;
  const words = [
    forContact ? t("perContact") : t("perAccount"),
    again.kind === "never"
      ? t("againNever")
      : again.kind === "after"
        ? t("againAfter", { time: durationText(again.days) })
        : t("againLeaving"),
    ...(finish ? [t("finishes")] : []),
  ];
  return (
    <Stack gap={2}>
      <Title order={2}>{name}</Title>
      {on !== undefined && (
        <Text size="sm">
          <Text span c="dimmed" inherit>
            {t("startsOn")}{" "}
          </Text>
          <code className="rule">{eventText(on.pattern)}</code>
          {on.where !== undefined && <code className="rule"> · {on.where.text}</code>}
        </Text>
      )}
      {when !== undefined && (
        <Text size="sm" component="div">
          <Text span c="dimmed" inherit>
            {t("runsWhile")}{" "}
          </Text>
          <RuleText of={name} text={when.text} path={["programs", name, "when"]} />
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {words.join(" · ")}
      </Text>
    </Stack>
  );
}

function eventText(pattern: NonNullable<Program["on"]>["pattern"]): string {
  if (pattern.kind === "tracked") return "*";
  return pattern.kind === "exact" ? pattern.name : `${pattern.prefix}*`;
}

function Caps({ caps }: { readonly caps: Model["caps"] }) {
  const t = useText("model");
  /** `e-mail 1 per 1d, 3 per 7d; in all 12 per 30d` */
  const told = (of: readonly Cap[]): string =>
    [...new Set(of.map(({ key }) => key))]
      .map((key) => {
        const own = of.filter((cap) => cap.key === key);
        const limit = ({ text }: Cap): string => text.slice(text.indexOf(":") + 1).trim();
        return `${t(`channel_${key as "any"}`)} ${own.map(limit).join(", ")}`;
      })
      .join("; ");
  const limits = [
    ...(caps.contact.length > 0 ? [t("perPerson", { caps: told(caps.contact) })] : []),
    ...(caps.account.length > 0 ? [t("perAccountCap", { caps: told(caps.account) })] : []),
    ...(caps.quietAfterHuman > 0
      ? [t("quietAfter", { time: durationText(caps.quietAfterHuman) })]
      : []),
  ];
  if (limits.length === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {t("capsNote")} {limits.join(" · ")}
    </Text>
  );
}
