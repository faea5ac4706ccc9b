import { SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../../lib/api.ts";
import { useText } from "../../../text/text.ts";
import { Failed } from "../../../ui/failed.tsx";
import { later } from "../../../ui/later.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { modelQuery } from "../model-queries.ts";

const TextDifference = later(
  async () => (await import("./text-difference.tsx")).TextDifference,
  <Loading lines={10} />,
);

interface Versions {
  readonly from: number;
  readonly to: number;
}

/** Two versions compared: by what they mean, or line by line. */
export function VersionDifference({ from, to }: Versions) {
  const t = useText("model");
  const [look, setLook] = useState<"meaning" | "text">("meaning");
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t("look")}
        w="fit-content"
        value={look}
        onChange={(one) => setLook(one)}
        data={[
          { value: "meaning", label: t("byMeaning") },
          { value: "text", label: t("byLine") },
        ]}
      />
      {look === "meaning" ? <ByMeaning from={from} to={to} /> : <ByLine from={from} to={to} />}
    </Stack>
  );
}

function ByMeaning({ from, to }: Versions) {
  const t = useText("model");
  const found = useQuery({
    queryKey: ["models", "diff", from, to],
    queryFn: () => ask(api.GET("/api/models/diff", { params: { query: { from, to } } })),
    staleTime: Infinity,
  });
  if (found.error) return <Failed error={found.error} />;
  if (!found.data) return <Loading />;
  const { changes, messages } = found.data;
  const files = [
    ...messages.added.map((name) => t("fileAdded", { name })),
    ...messages.changed.map((name) => t("fileChanged", { name })),
    ...messages.removed.map((name) => t("fileRemoved", { name })),
  ];
  if (changes.length + files.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("sameMeaning")}
      </Text>
    );
  return (
    <ul className="plain-list">
      {changes.map(({ path, sentence }) => (
        <li key={`${path} ${sentence}`}>
          <Text size="sm">{sentence}</Text>
        </li>
      ))}
      {files.map((sentence) => (
        <li key={sentence}>
          <Text size="sm">{sentence}</Text>
        </li>
      ))}
    </ul>
  );
}

function ByLine({ from, to }: Versions) {
  const [before, after] = [useQuery(modelQuery(from)), useQuery(modelQuery(to))];
  const error = before.error ?? after.error;
  if (error) return <Failed error={error} />;
  if (!before.data || !after.data) return <Loading />;
  return <TextDifference before={before.data.source} after={after.data.source} />;
}
