import {
  Alert,
  Button,
  Group,
  Modal,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import type { BulkKind } from "./bulk-bar.tsx";
import { BulkPreviewFigures } from "./bulk-preview.tsx";
import { BulkProgress } from "./bulk-progress.tsx";
import { asBody, columnsQuery, teamQuery } from "./portfolio-data.ts";
import type { AccountFilter } from "./portfolio-search.ts";

export type Which = { readonly filter: AccountFilter } | { readonly accounts: readonly string[] };

interface BulkDialogProps {
  readonly kind: BulkKind;
  readonly which: Which;
  readonly onClose: () => void;
}

type BulkAction =
  | { kind: "assign"; owner: string | null }
  | { kind: "pin"; level: string; until: string | null }
  | { kind: "unpin" }
  | { kind: "start"; program: string };

const NOBODY = " nobody";

/** Says what to do, shows what it would come to, does it, and tells how far it is. */
export function BulkDialog({ kind, which, onClose }: BulkDialogProps) {
  const t = useText("portfolio");
  const [choice, setChoice] = useState<string | null>(null);
  const [until, setUntil] = useState("");
  const [reason, setReason] = useState("");
  const [run, setRun] = useState<string | null>(null);
  const action = actionOf(kind, choice, until);
  const body =
    "filter" in which ? { filter: asBody(which.filter) } : { accounts: [...which.accounts] };
  const preview = useQuery({
    queryKey: ["bulk", "preview", action, body],
    queryFn: () =>
      ask(
        api.POST("/api/bulk/preview", { body: { ...body, action: action ?? { kind: "unpin" } } }),
      ),
    enabled: action !== null && run === null,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const start = useAct({
    run: (one: BulkAction, key) =>
      ask(
        api.POST("/api/bulk", {
          body: { ...body, action: one, reason: reason.trim() },
          headers: idempotent(key),
        }),
      ),
    onDone: ({ id }) => setRun(id),
  });
  const changes = preview.data?.changes ?? 0;
  return (
    <Modal
      closeButtonProps={{ "aria-label": t("close") }}
      opened
      onClose={onClose}
      title={t(`bulk.${kind}Title`)}
      size="lg"
    >
      {run !== null ? (
        <BulkProgress run={run} onClose={onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (action && changes > 0 && reason.trim() !== "") start.act(action);
          }}
        >
          <Stack gap="sm">
            <ActionFields
              kind={kind}
              choice={choice}
              until={until}
              onChoice={setChoice}
              onUntil={setUntil}
            />
            {action !== null && preview.error && <Failed error={preview.error} />}
            {action !== null && preview.isLoading && <Loading lines={3} height={18} />}
            {action !== null && preview.data && !preview.error && (
              <BulkPreviewFigures
                preview={preview.data}
                kind={kind}
                isOld={preview.isPlaceholderData}
              />
            )}
            <Textarea
              label={t("bulk.reason")}
              description={t("bulk.reasonHint")}
              required
              autosize
              minRows={2}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {start.error && (
              <Alert color="red" role="alert">
                {start.error.message}
              </Alert>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t("cancel")}
              </Button>
              <Button
                type="submit"
                loading={start.isBusy}
                disabled={
                  action === null ||
                  changes === 0 ||
                  reason.trim() === "" ||
                  preview.isPlaceholderData
                }
              >
                {changes > 0
                  ? t("bulk.doIt", { count: changes })
                  : t(preview.data ? "bulk.doNothing" : "bulk.change")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function actionOf(kind: BulkKind, choice: string | null, until: string): BulkAction | null {
  if (kind === "unpin") return { kind };
  if (choice === null) return null;
  if (kind === "assign") return { kind, owner: choice === NOBODY ? null : choice };
  if (kind === "start") return { kind, program: choice };
  return { kind, level: choice, until: until === "" ? null : until };
}

function ActionFields({
  kind,
  choice,
  until,
  onChoice,
  onUntil,
}: {
  readonly kind: BulkKind;
  readonly choice: string | null;
  readonly until: string;
  readonly onChoice: (choice: string | null) => void;
  readonly onUntil: (day: string) => void;
}) {
  const t = useText("portfolio");
  const { levels, today } = useWorkspace();
  const team = useQuery({ ...teamQuery, enabled: kind === "assign" });
  const described = useQuery({ ...columnsQuery, enabled: kind === "start" });
  const common = { value: choice, onChange: onChoice, searchable: true, "data-autofocus": true };
  if (kind === "unpin")
    return (
      <Text size="sm" c="dimmed">
        {t("bulk.unpinText")}
      </Text>
    );
  if (kind === "assign")
    return (
      <Select
        {...common}
        label={t("bulk.newOwner")}
        data={[
          { value: NOBODY, label: t("nobody") },
          ...(team.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name ?? id })),
        ]}
      />
    );
  if (kind === "start")
    return (
      <Select
        {...common}
        label={t("bulk.program")}
        data={(described.data?.programs ?? [])
          .filter((one) => !one.for_contact)
          .map(({ name }) => ({ value: name, label: name.replaceAll("_", " ") }))}
      />
    );
  return (
    <Group grow align="flex-end">
      <Select {...common} label={t("bulk.level")} data={[...levels]} />
      <TextInput
        type="date"
        label={t("bulk.until")}
        description={t("bulk.untilHint")}
        min={today}
        value={until}
        onChange={(event) => onUntil(event.currentTarget.value)}
      />
    </Group>
  );
}
