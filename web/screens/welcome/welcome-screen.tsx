import { Button, Group, Progress, Stack, Stepper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useFormat } from "../../lib/format.ts";
import { queries } from "../../lib/queries.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconCircleCheck, IconClock } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { NoAccounts } from "../../ui/no-accounts.tsx";
import { Page } from "../../ui/page.tsx";
import { DataStep } from "./data-step.tsx";
import { DemoProgress } from "./demo-progress.tsx";
import { FactsStep } from "./facts-step.tsx";
import {
  type FirstRun,
  firstRunQuery,
  isLoadingDemo,
  nextStep,
  WORKSPACE_KEYS,
} from "./first-run.ts";
import { LiveStep } from "./live-step.tsx";
import { ModelStep } from "./model-step.tsx";
import { type Step, STEPS, type WelcomeSearch } from "./welcome-search.ts";

/** From an empty database to decisions: the demo book in one click, or one's own in five minutes. */
export function WelcomeScreen() {
  const t = useText("welcome");
  const me = useMe();
  const found = useQuery(firstRunQuery);
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const run = found.data;
  if (!me.may("ops") && run.state !== "live")
    return (
      <Page title={t("title")}>
        <Empty icon={IconClock} title={t("waitTitle")} text={t("waitText")} />
      </Page>
    );
  if (run.demo !== null && isLoadingDemo(run)) return <DemoProgress run={run} />;
  if (run.state === "live") return <Ready run={run} />;
  return <Steps run={run} />;
}

function Ready({ run }: { readonly run: FirstRun }) {
  const t = useText("welcome");
  const format = useFormat();
  const navigate = useNavigate();
  // somebody has just watched the demo book come in: on to it
  const wasAsked = useRef(false);
  useEffect(() => {
    if (wasAsked.current) return;
    wasAsked.current = true;
    for (const queryKey of WORKSPACE_KEYS) void queries.invalidateQueries({ queryKey });
  }, []);
  const go = (to: "/portfolio" | "/today") => void navigate({ to });
  if (run.accounts === 0)
    return (
      <Page title={t("title")}>
        <NoAccounts />
      </Page>
    );
  return (
    <Page title={t("title")}>
      <Empty
        icon={IconCircleCheck}
        title={t(run.demo?.phase === "done" ? "demoReady" : "ready")}
        text={run.demo?.phase === "done" ? t("demoReadyText") : t("readyText")}
      >
        {run.undecided > 0 && (
          <Stack gap={4} w={360} mt="sm">
            <Progress
              value={(100 * (run.accounts - run.undecided)) / Math.max(1, run.accounts)}
              aria-label={t("phase_deciding")}
              animated
            />
            <Text size="sm" c="dimmed" className="tabular" role="status">
              {t("decidedSoFar", {
                done: format.number(run.accounts - run.undecided),
                total: format.number(run.accounts),
              })}
            </Text>
          </Stack>
        )}
        <Group mt="sm">
          <Button onClick={() => go("/portfolio")}>{t("openPortfolio")}</Button>
          <Button variant="default" onClick={() => go("/today")}>
            {t("openToday")}
          </Button>
        </Group>
        {run.demo?.phase === "done" && (
          <Text size="sm" c="dimmed" mt="md" maw={480}>
            {t("startOver")}
          </Text>
        )}
      </Empty>
    </Page>
  );
}

function Steps({ run }: { readonly run: FirstRun }) {
  const t = useText("welcome");
  const search: WelcomeSearch = useSearch({ from: "/welcome" });
  const navigate = useNavigate({ from: "/welcome" });
  const reached = STEPS.indexOf(nextStep(run));
  const asked = search.step === undefined ? reached : STEPS.indexOf(search.step);
  // nobody gets further than what is there allows
  const most = run.accounts > 0 && run.choice !== null ? STEPS.length - 1 : reached;
  const active = Math.min(asked, most);
  const go = (step: Step) => void navigate({ search: { step } });
  const step = STEPS[active] ?? "model";
  return (
    <Page title={t("title")}>
      <Stack maw={1040} gap="lg">
        {step === "model" && run.choice === null && (
          <div>
            <Title order={2}>{t("hello")}</Title>
            <Text c="dimmed" size="sm">
              {t(run.accounts === 0 ? "helloText" : "helloWithData")}
            </Text>
          </div>
        )}
        <Stepper
          active={active}
          onStepClick={(place) => go(STEPS[place] ?? "model")}
          size="xs"
          iconSize={26}
        >
          {STEPS.map((one, place) => (
            <Stepper.Step key={one} label={t(`step_${one}`)} disabled={place > most} />
          ))}
        </Stepper>
        {step === "model" && <ModelStep run={run} onDone={() => go("data")} />}
        {step === "data" && <DataStep run={run} onDone={() => go("facts")} />}
        {step === "facts" && run.choice && (
          <FactsStep choice={run.choice} onDone={() => go("live")} />
        )}
        {step === "live" && run.choice && <LiveStep run={run} />}
        <Text size="xs" c="dimmed">
          {t("resumable")}{" "}
          <Link to="/model" style={{ color: "var(--mantine-color-anchor)" }}>
            {t("orModel")}
          </Link>
        </Text>
      </Stack>
    </Page>
  );
}
