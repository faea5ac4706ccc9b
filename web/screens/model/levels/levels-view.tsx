import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Model } from "../../../../src/core/model/index.ts";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { Definition } from "../../../ui/figure.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { useBench } from "../bench-context.ts";
import { durationText } from "../duration-words.ts";
import { overviewQuery } from "../model-queries.ts";
import { wordsAt } from "../editor/schema-at.ts";
import { EditCell } from "./edit-cell.tsx";
import { LevelAdjustments } from "./level-adjustments.tsx";
import { RuleText } from "./rule-text.tsx";
import { whoIsThere } from "./who-is-there.ts";

/** The five questions per level: how often, through which channels, what kind, by whom, for what. */
export function LevelsView() {
  const t = useText("model");
  const { checked } = useBench();
  const { model } = checked;
  const overview = useQuery(overviewQuery);
  if (!model) return <Loading />;
  const counts = new Map((overview.data?.levels ?? []).map((one) => [one.name, one]));
  return (
    <Stack gap="lg">
      <div className="panel">
        <table className="model-grid">
          <caption className="visually-hidden">{t("tab_levels")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("level")}</th>
              <th scope="col">
                <Head label={t("who")} text={t("whoText")} />
              </th>
              <th scope="col">
                <Head label={t("howOften")} text={t("howOftenText")} />
              </th>
              <th scope="col">{t("channels")}</th>
              <th scope="col">{t("kinds")}</th>
              <th scope="col">
                <Head label={t("byWhom")} text={t("byWhomText")} />
              </th>
              <th scope="col">{t("outcome")}</th>
              <th scope="col" className="num">
                <Head label={t("accountsNow")} text={t("accountsNowText")} />
              </th>
            </tr>
          </thead>
          <tbody>
            {model.levels.map((level) => (
              <LevelRow
                key={level.name}
                model={model}
                level={level}
                now={counts.get(level.name) ?? null}
              />
            ))}
          </tbody>
        </table>
      </div>
      <LevelAdjustments />
    </Stack>
  );
}

function Head({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex">
      {label}
      <Definition of={label}>{text}</Definition>
    </Group>
  );
}

interface LevelRowProps {
  readonly model: Model;
  readonly level: Model["levels"][number];
  readonly now: { readonly accounts: number; readonly revenue: number } | null;
}

function LevelRow({ model, level, now }: LevelRowProps) {
  const t = useText("model");
  const format = useFormat();
  const { checked } = useBench();
  const { name } = level;
  const path = (key: string) => ["levels", name, key] as const;
  const label = (key: string): string => t("cellOf", { what: key, level: name });
  const words = (key: string) => wordsAt(checked.schema, ["levels", name, key, -1]);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td style={{ minWidth: 180, maxWidth: 300 }}>
        {whoIsThere(model, name).map(({ name: of, rule, path: at }) => (
          <div key={JSON.stringify(at)}>
            {of !== "" && (
              <Text span size="xs" c="dimmed">
                {of}{" "}
              </Text>
            )}
            {rule === null ? (
              <Text span size="xs">
                {t("everybodyElse")}
              </Text>
            ) : (
              <RuleText of={of === "" ? name : of} text={rule} path={at} />
            )}
          </div>
        ))}
      </td>
      <td>
        <EditCell
          label={label(t("howOften"))}
          path={path("often")}
          value={level.often === undefined ? "" : durationText(level.often)}
          how={{ kind: "duration" }}
        >
          {level.often === undefined ? "–" : t("every", { time: durationText(level.often) })}
        </EditCell>
      </td>
      <td>
        <EditCell
          label={label(t("channels"))}
          path={path("channels")}
          value={level.channels}
          how={{ kind: "choices", words: words("channels") }}
        >
          {level.channels.map((channel) => t(`channel_${channel}`)).join(", ") || "–"}
        </EditCell>
      </td>
      <td style={{ maxWidth: 200 }}>
        <EditCell
          label={label(t("kinds"))}
          path={path("kinds")}
          value={level.kinds}
          how={{ kind: "choices", words: model.touchpoints.map((one) => one.name) }}
        >
          <Kinds model={model} kinds={level.kinds} />
        </EditCell>
      </td>
      <td>
        <EditCell
          label={label(t("byWhom"))}
          path={path("by")}
          value={level.by}
          how={{ kind: "choice", words: wordsAt(checked.schema, ["levels", name, "by"]) }}
        >
          {t(`by_${level.by}`)}
        </EditCell>
        <EditCell
          label={label(t("accountsPerOwner"))}
          path={path("accounts_per_owner")}
          value={level.accountsPerOwner ?? ""}
          how={{ kind: "number" }}
        >
          <Text span size="xs" c="dimmed">
            {level.accountsPerOwner === undefined
              ? t("noLimit")
              : t("perOwner", { count: level.accountsPerOwner })}
          </Text>
        </EditCell>
      </td>
      <td>
        <EditCell
          label={label(t("outcome"))}
          path={path("drives")}
          value={level.drives}
          how={{ kind: "choices", words: words("drives") }}
        >
          {level.drives.map((drive) => t(`drives_${drive}`)).join(", ") || "–"}
        </EditCell>
      </td>
      <td className="num">
        {now === null ? (
          "–"
        ) : (
          <a
            href={`/portfolio?where=${encodeURIComponent(`level == "${name}"`)}`}
            className="plain-link"
          >
            {format.number(now.accounts)}
            <Text component="div" size="xs" c="dimmed">
              {format.shortMoney(now.revenue)}
            </Text>
          </a>
        )}
      </td>
    </tr>
  );
}

const SHOWN = 3;

function Kinds({ model, kinds }: { readonly model: Model; readonly kinds: readonly string[] }) {
  const t = useText("model");
  const titles = kinds.map(
    (kind) => model.touchpoints.find(({ name }) => name === kind)?.title ?? kind,
  );
  if (titles.length === 0) return "–";
  return (
    <>
      {titles.slice(0, SHOWN).join(", ")}
      {titles.length > SHOWN && (
        <Text span size="xs" c="dimmed">
          {" "}
          {t("andMore", { count: titles.length - SHOWN })}
        </Text>
      )}
    </>
  );
}
