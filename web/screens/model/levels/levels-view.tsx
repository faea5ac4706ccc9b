import { Group, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Model } from "../../../../src/core/model/index.ts";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { Definition } from "../../../ui/figure.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { useBench } from "../bench-context.ts";
import { durationText } from "../duration-words.ts";
import { wordsAt } from "../editor/schema-at.ts";
import { overviewQuery } from "../model-queries.ts";
import { EditCell } from "./edit-cell.tsx";
import { LevelAdjustments } from "./level-adjustments.tsx";
import { RuleText } from "./rule-text.tsx";
import { whoIsThere } from "./who-is-there.ts";

type Level = Model["levels"][number];

/** The five questions per level: how often, through which channels, what kind, by whom, for what. */
export function LevelsView() {
  const t = useText("model");
  const { checked } = useBench();
  const { model } = checked;
  if (!model) return <Loading />;
  const row = (label: string, cell: (level: Level) => ReactNode, text?: string) => (
    <tr key={label}>
      <th scope="row">
        <Group gap={4} wrap="nowrap">
          {label}
          {text !== undefined && <Definition of={label}>{text}</Definition>}
        </Group>
      </th>
      {model.levels.map((level) => (
        <td key={level.name}>{cell(level)}</td>
      ))}
    </tr>
  );
  return (
    <Stack gap="lg" pb="md">
      <ScrollPanel label={t("tab_levels")}>
        <table className="model-grid level-grid">
          <thead>
            <tr>
              <th scope="col">{t("level")}</th>
              {model.levels.map(({ name }) => (
                <th key={name} scope="col" className="level-name">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {row(
              t("accountsNow"),
              (level) => (
                <AccountsNow level={level} />
              ),
              t("accountsNowText"),
            )}
            {row(
              t("who"),
              (level) => (
                <Who model={model} level={level} />
              ),
              t("whoText"),
            )}
            {row(
              t("howOften"),
              (level) => (
                <HowOften level={level} />
              ),
              t("howOftenText"),
            )}
            {row(t("channels"), (level) => (
              <Channels level={level} />
            ))}
            {row(t("kinds"), (level) => (
              <Kinds model={model} level={level} />
            ))}
            {row(
              t("byWhom"),
              (level) => (
                <ByWhom level={level} />
              ),
              t("byWhomText"),
            )}
            {row(t("outcome"), (level) => (
              <Outcome level={level} />
            ))}
          </tbody>
        </table>
      </ScrollPanel>
      <LevelAdjustments />
    </Stack>
  );
}

function AccountsNow({ level: { name } }: { readonly level: Level }) {
  const format = useFormat();
  const overview = useQuery(overviewQuery);
  const now = overview.data?.levels.find((one) => one.name === name);
  if (overview.isPending) return <Skeleton height={12} width={64} mt={4} />;
  if (!now) return "–";
  return (
    <a className="plain-link" href={`/portfolio?where=${encodeURIComponent(`level == "${name}"`)}`}>
      <Text span fw={620} className="tabular">
        {format.number(now.accounts)}
      </Text>{" "}
      <Text span size="xs" c="dimmed" className="tabular">
        {format.shortMoney(now.revenue)}
      </Text>
    </a>
  );
}

function Who({ model, level: { name } }: { readonly model: Model; readonly level: Level }) {
  const t = useText("model");
  return whoIsThere(model, name).map(({ name: of, rule, path }) => (
    <div key={JSON.stringify(path)}>
      {of !== "" && (
        <Text size="xs" c="dimmed">
          {of}
        </Text>
      )}
      {rule === null ? (
        <Text span size="xs">
          {t("everybodyElse")}
        </Text>
      ) : (
        <RuleText of={of === "" ? name : of} text={rule} path={path} />
      )}
    </div>
  ));
}

/** What a cell is called, where it is written, and the words that may stand there. */
function useCell({ name }: Level) {
  const t = useText("model");
  const { checked } = useBench();
  return {
    of: (what: string, key: string) => ({
      label: t("cellOf", { what, level: name }),
      path: ["levels", name, key] as const,
    }),
    words: (key: string, isList: boolean) =>
      wordsAt(checked.schema, ["levels", name, key, ...(isList ? [-1 as const] : [])]),
  };
}

function HowOften({ level }: { readonly level: Level }) {
  const t = useText("model");
  const cell = useCell(level);
  const time = level.often === undefined ? "" : durationText(level.often);
  return (
    <EditCell {...cell.of(t("howOften"), "often")} value={time} how={{ kind: "duration" }}>
      {time === "" ? "–" : t("every", { time })}
    </EditCell>
  );
}

function Channels({ level }: { readonly level: Level }) {
  const t = useText("model");
  const cell = useCell(level);
  return (
    <EditCell
      {...cell.of(t("channels"), "channels")}
      value={level.channels}
      how={{ kind: "choices", words: cell.words("channels", true) }}
    >
      {level.channels.map((channel) => t(`channel_${channel}`)).join(", ") || "–"}
    </EditCell>
  );
}

const SHOWN = 3;

function Kinds({ model, level }: { readonly model: Model; readonly level: Level }) {
  const t = useText("model");
  const cell = useCell(level);
  const titles = level.kinds.map(
    (kind) => model.touchpoints.find(({ name }) => name === kind)?.title ?? kind,
  );
  return (
    <EditCell
      {...cell.of(t("kinds"), "kinds")}
      value={level.kinds}
      how={{ kind: "choices", words: model.touchpoints.map(({ name }) => name) }}
    >
      {titles.slice(0, SHOWN).join(", ") || "–"}
      {titles.length > SHOWN && (
        <Text span size="xs" c="dimmed">
          {" "}
          {t("andMore", { count: titles.length - SHOWN })}
        </Text>
      )}
    </EditCell>
  );
}

function ByWhom({ level }: { readonly level: Level }) {
  const t = useText("model");
  const cell = useCell(level);
  const each = level.accountsPerOwner;
  return (
    <>
      <EditCell
        {...cell.of(t("byWhom"), "by")}
        value={level.by}
        how={{ kind: "choice", words: cell.words("by", false) }}
      >
        {t(`by_${level.by}`)}
      </EditCell>
      <EditCell
        {...cell.of(t("accountsPerOwner"), "accounts_per_owner")}
        value={each ?? ""}
        how={{ kind: "number" }}
      >
        <Text span size="xs" c="dimmed">
          {each === undefined ? t("noLimit") : t("perOwner", { count: each })}
        </Text>
      </EditCell>
    </>
  );
}

function Outcome({ level }: { readonly level: Level }) {
  const t = useText("model");
  const cell = useCell(level);
  return (
    <EditCell
      {...cell.of(t("outcome"), "drives")}
      value={level.drives}
      how={{ kind: "choices", words: cell.words("drives", true) }}
    >
      {level.drives.map((drive) => t(`drives_${drive}`)).join(", ") || "–"}
    </EditCell>
  );
}
