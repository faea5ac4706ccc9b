import { Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, idempotent } from "../../../lib/api.ts";
import { useText } from "../../../text/text.ts";
import { Empty } from "../../../ui/empty.tsx";
import { Failed } from "../../../ui/failed.tsx";
import { IconGitCompare } from "../../../ui/icons.ts";
import { Loading } from "../../../ui/loading.tsx";
import { useBench } from "../bench-context.ts";
import { ApplyPanel } from "./apply-panel.tsx";
import { PlanHours } from "./plan-hours.tsx";
import { PlanMoves } from "./plan-moves.tsx";
import { PlanProblems } from "./plan-problems.tsx";
import type { Plan } from "./plan-shape.ts";
import { PlanSummary } from "./plan-summary.tsx";
import { PlanTouches } from "./plan-touches.tsx";

interface Asked {
  readonly existing: "all" | "new";
  readonly allow: readonly string[];
}

/** The whole of what going live would change, and going live with it. */
export function PlanView() {
  const t = useText("model");
  const { bench, checked } = useBench();
  const [asked, setAsked] = useState<Asked>({ existing: "all", allow: [] });
  const { source, messages } = bench.files;
  const planning = useMutation<{ plan: Plan; of: string }, Error, Asked>({
    mutationFn: async ({ existing, allow }) => {
      const body = { source, messages, existing, allow: [...allow] };
      const headers = idempotent();
      const plan = await ask(api.POST("/api/models/plan", { body, headers }));
      return { plan, of: textOf(bench.files) };
    },
  });
  const again = (change: Partial<Asked>): void => {
    const next = { ...asked, ...change };
    setAsked(next);
    planning.mutate(next);
  };
  if (!bench.isModelChanged)
    return <Empty icon={IconGitCompare} title={t("nothingToPlan")} text={t("nothingToPlanText")} />;
  const { data } = planning;
  const isOld = data !== undefined && data.of !== textOf(bench.files);
  return (
    <Stack gap="lg" pb="lg">
      <Group gap="sm" align="center">
        <SegmentedControl
          aria-label={t("existing")}
          value={asked.existing}
          onChange={(one) => {
            const existing = one;
            if (data) again({ existing });
            else setAsked({ ...asked, existing });
          }}
          data={[
            { value: "all", label: t("existingAll") },
            { value: "new", label: t("existingNew") },
          ]}
        />
        <Button
          loading={planning.isPending}
          disabled={checked.isBroken}
          onClick={() => planning.mutate(asked)}
        >
          {data ? t("planAgain") : t("makePlan")}
        </Button>
        <Text size="sm" c={isOld ? "var(--ts-yellow)" : "dimmed"}>
          {checked.isBroken ? t("planBroken") : isOld ? t("planOld") : t("planText")}
        </Text>
      </Group>
      {planning.error && <Failed error={planning.error} retry={() => planning.mutate(asked)} />}
      {planning.isPending && !data && <Loading lines={6} />}
      {data && (
        <div style={{ opacity: isOld || planning.isPending ? 0.55 : 1 }}>
          <Stack gap="lg">
            <PlanSummary plan={data.plan} />
            <PlanProblems
              problems={data.plan.problems}
              allow={asked.allow}
              onAllow={(allow) => again({ allow })}
            />
            <PlanMoves plan={data.plan} />
            <PlanTouches plan={data.plan} />
            <PlanHours plan={data.plan} />
          </Stack>
        </div>
      )}
      {data && !isOld && !planning.isPending && (
        <ApplyPanel plan={data.plan} existing={asked.existing} allow={asked.allow} />
      )}
    </Stack>
  );
}

function textOf({
  source,
  messages,
}: {
  readonly source: string;
  readonly messages: object;
}): string {
  return JSON.stringify([source, messages]);
}
