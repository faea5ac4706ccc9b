import { Alert, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Model } from "../../../../src/core/model/index.ts";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { Empty } from "../../../ui/empty.tsx";
import { Failed } from "../../../ui/failed.tsx";
import { IconUsers } from "../../../ui/icons.ts";
import { Loading } from "../../../ui/loading.tsx";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { useBench } from "../bench-context.ts";
import { durationText } from "../duration-words.ts";
import type { YamlPath } from "../edit-yaml.ts";
import { RuleText } from "../levels/rule-text.tsx";
import { overlapsQuery } from "../model-queries.ts";
import { OverlapMatrix } from "./overlap-matrix.tsx";

interface Line {
  /** `tier.top`, `active`. */
  readonly name: string;
  readonly dimension: string | null;
  readonly rule: string;
  readonly path: YamlPath;
  readonly until: string | null;
  readonly forDays: number;
}

/** Who is who: each segment's rule, how many accounts are in it now and what they are worth. */
export function SegmentsView() {
  const t = useText("model");
  const format = useFormat();
  const { bench, checked } = useBench();
  const overlaps = useQuery(overlapsQuery);
  if (!checked.model) return <Loading />;
  if (overlaps.error)
    return <Failed error={overlaps.error} retry={() => void overlaps.refetch()} />;
  const lines = linesOf(checked.model);
  if (lines.length === 0)
    return <Empty icon={IconUsers} title={t("noSegments")} text={t("noSegmentsText")} />;
  const sizes = new Map((overlaps.data?.segments ?? []).map((one) => [one.name, one]));
  return (
    <Stack gap="lg">
      {bench.isModelChanged && (
        <Alert color="gray" py={6}>
          <Text size="sm">{t("countsAreLive")}</Text>
        </Alert>
      )}
      <ScrollPanel label={t("tab_segments")}>
        <table className="model-grid">
          <thead>
            <tr>
              <th scope="col">{t("segment")}</th>
              <th scope="col">{t("rule")}</th>
              <th scope="col" className="num">
                {t("accounts")}
              </th>
              <th scope="col" className="num">
                {t("revenue")}
              </th>
              <th scope="col" className="num">
                {t("share")}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.name}>
                <th scope="row">
                  {line.dimension === null ? (
                    line.name
                  ) : (
                    <>
                      <Text span c="dimmed" inherit fw={450}>
                        {line.dimension}:{" "}
                      </Text>
                      {line.name.slice(line.dimension.length + 1)}
                    </>
                  )}
                </th>
                <td>
                  {line.rule === "true" ? (
                    <Text span size="xs">
                      {t("everybodyElse")}
                    </Text>
                  ) : (
                    <RuleText of={line.name} text={line.rule} path={line.path} />
                  )}
                  <Lasting line={line} />
                </td>
                <Counts
                  size={sizes.get(line.name)}
                  all={overlaps.data?.accounts ?? 0}
                  href={portfolioOf(line)}
                  format={format}
                />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
      {overlaps.data ? (
        <Stack gap="xs">
          <Title order={2}>{t("overlaps")}</Title>
          <Text size="sm" c="dimmed">
            {t("overlapsText", { at: format.instant(overlaps.data.as_of) })}
          </Text>
          <OverlapMatrix overlaps={overlaps.data} />
        </Stack>
      ) : (
        <Loading />
      )}
    </Stack>
  );
}

function Lasting({ line: { forDays, until } }: { readonly line: Line }) {
  const t = useText("model");
  if (forDays <= 1 && until === null) return null;
  return (
    <Text size="xs" c="dimmed">
      {[
        forDays > 1 ? t("forDays", { time: durationText(forDays) }) : "",
        until === null ? "" : t("untilRule", { rule: until }),
      ]
        .filter(Boolean)
        .join(" · ")}
    </Text>
  );
}

interface CountsProps {
  readonly size: { readonly accounts: number; readonly revenue: number } | undefined;
  readonly all: number;
  readonly href: string;
  readonly format: ReturnType<typeof useFormat>;
}

function Counts({ size, all, href, format }: CountsProps) {
  const t = useText("model");
  if (!size) {
    return (
      <>
        <td className="num">
          <Text span size="xs" c="dimmed">
            {t("notLive")}
          </Text>
        </td>
        <td className="num">–</td>
        <td className="num">–</td>
      </>
    );
  }
  return (
    <>
      <td className="num">
        <a className="plain-link" href={href}>
          {format.number(size.accounts)}
        </a>
      </td>
      <td className="num">{format.shortMoney(size.revenue)}</td>
      <td className="num">{all === 0 ? "–" : format.percent(size.accounts / all)}</td>
    </>
  );
}

function portfolioOf({ name, dimension }: Line): string {
  const rule =
    dimension === null
      ? `segments.${name}`
      : `segments.${dimension} == "${name.slice(dimension.length + 1)}"`;
  return `/portfolio?where=${encodeURIComponent(rule)}`;
}

function linesOf({ segments }: Model): Line[] {
  return segments.flatMap((segment): Line[] =>
    segment.kind === "one"
      ? segment.entries.map(({ name, rule }) => ({
          name: `${segment.name}.${name}`,
          dimension: segment.name,
          rule: rule.text,
          path: ["segments", segment.name, "one", name],
          until: null,
          forDays: 0,
        }))
      : [
          {
            name: segment.name,
            dimension: null,
            rule: segment.when.text,
            path: ["segments", segment.name],
            until: segment.until?.text ?? null,
            forDays: segment.for,
          },
        ],
  );
}
