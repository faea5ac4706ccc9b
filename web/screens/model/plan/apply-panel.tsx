import { Alert, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { api, ask, idempotent } from "../../../lib/api.ts";
import { useAct } from "../../../lib/act.ts";
import { Problem } from "../../../lib/problem.ts";
import { tell } from "../../../lib/tell.ts";
import { useText } from "../../../text/text.ts";
import { useBench } from "../bench-context.ts";
import { useModelSearch } from "../use-model-search.ts";
import { sameTexts } from "../model-files.ts";
import { refusalHint } from "./app-hints.ts";
import type { Plan } from "./plan-shape.ts";

interface ApplyPanelProps {
  readonly plan: Plan;
  readonly existing: "all" | "new";
  readonly allow: readonly string[];
}

/** Going live with exactly what was planned, and why. */
export function ApplyPanel({ plan, existing, allow }: ApplyPanelProps) {
  const t = useText("model");
  const { bench } = useBench();
  const [, change] = useModelSearch();
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<Error | null>(null);
  const blocks = plan.problems.filter(
    ({ severity, allowed }) => severity === "blocking" && !allowed,
  );
  const { source, messages, scenarios } = bench.files;
  const apply = useAct<
    string,
    { readonly version: number; readonly touches: number; readonly decided: number }
  >({
    run: (why, key) => {
      const kept = sameTexts(scenarios, bench.live.scenarios) ? {} : { scenarios };
      const body = { source, messages, existing, allow: [...allow], reason: why, plan, ...kept };
      return ask(api.POST("/api/models/apply", { body, headers: idempotent(key) }));
    },
    refresh: [["models"], ["overview"], ["segments"], ["lifecycle"], ["workspace"]],
    onDone: ({ version, touches, decided }) => {
      void bench.discard();
      tell({ title: t("isLive", { version }), message: t("isLiveText", { decided, touches }) });
      change({ tab: "history", from: undefined, to: undefined });
    },
    onRefused: (error) => {
      setRefused(error);
      return true;
    },
  });
  const isReady = reason.trim() !== "" && blocks.length === 0 && !bench.isOvertaken;
  return (
    <div className="panel" style={{ padding: 16 }}>
      <Stack gap="sm">
        <Textarea
          label={t("applyReason")}
          description={t("applyReasonHint")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={2000}
        />
        {refused && <Refused error={refused} />}
        <Group gap="sm">
          <Button
            size="sm"
            disabled={!isReady}
            loading={apply.isBusy}
            onClick={() => {
              setRefused(null);
              apply.act(reason.trim());
            }}
          >
            {t("goLive")}
          </Button>
          <Text size="sm" c="dimmed">
            {blocks.length > 0 ? t("blockedBy", { count: blocks.length }) : t("goLiveText")}
          </Text>
        </Group>
      </Stack>
    </div>
  );
}

function Refused({ error }: { readonly error: Error }) {
  const t = useText("model");
  const fields = error instanceof Problem ? error.fields : [];
  const own = error instanceof Problem ? refusalHint(error.code) : null;
  const hint = own === null ? error instanceof Problem && error.hint : t(own);
  return (
    <Alert color="red" title={t("notLiveTitle")} role="alert">
      <Text size="sm">{error.message}</Text>
      {hint && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
      <ul className="plain-list">
        {fields.slice(0, 20).map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <Text size="sm">
              {path}: {message}
            </Text>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
