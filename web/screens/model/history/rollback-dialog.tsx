import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../../lib/act.ts";
import { api, ask, idempotent } from "../../../lib/api.ts";
import { useFormat } from "../../../lib/format.ts";
import { tell } from "../../../lib/tell.ts";
import { useText } from "../../../text/text.ts";
import { Failed } from "../../../ui/failed.tsx";
import { Loading } from "../../../ui/loading.tsx";

/** Going back one version: says what it restores and what stays, then does it. */
export function RollbackDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText("model");
  const format = useFormat();
  const [reason, setReason] = useState("");
  const preview = useQuery({
    queryKey: ["models", "rollback"],
    queryFn: () => ask(api.GET("/api/models/rollback")),
    gcTime: 0,
    staleTime: 0,
  });
  const rollback = useAct<string, { readonly to: { readonly version: number } }>({
    run: (why, key) =>
      ask(api.POST("/api/models/rollback", { body: { reason: why }, headers: idempotent(key) })),
    refresh: [["models"], ["overview"], ["segments"], ["lifecycle"], ["workspace"]],
    onDone: ({ to }) => {
      tell({ title: t("isBack", { version: to.version }) });
      onClose();
    },
  });
  const { data } = preview;
  return (
    <Modal opened onClose={onClose} title={t("rollBack")} size="lg">
      {preview.error ? (
        <Failed error={preview.error} />
      ) : !data ? (
        <Loading />
      ) : (
        <Stack gap="sm">
          <Text>
            {t("rollBackText", {
              to: t("versionName", data.to),
              from: t("versionName", data.from),
            })}
          </Text>
          <ul className="plain-list">
            <li>
              {t("restoredAccounts", { count: data.accounts.restored + data.accounts.caught_up })}
            </li>
            {data.accounts.kept_by_hand > 0 && (
              <li>{t("keptByHand", { count: data.accounts.kept_by_hand })}</li>
            )}
            {data.accounts.decided_anew > 0 && (
              <li>{t("decidedAnew", { count: data.accounts.decided_anew })}</li>
            )}
            <li>{t("restoredTouches", { count: data.touches.restored })}</li>
            <li>{t("removedTouches", { count: data.touches.removed })}</li>
            {data.touches.staying.length > 0 && (
              <li>
                {t("stayingTouches", { count: data.touches.staying.length })}{" "}
                {data.touches.staying
                  .slice(0, 5)
                  .map(({ title, due }) => `${title} (${format.shortDay(due)})`)
                  .join(", ")}
              </li>
            )}
          </ul>
          <Text size="sm" c="dimmed">
            {t("rollBackStays")}
          </Text>
          <Textarea
            label={t("reason")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            autosize
            minRows={2}
            data-autofocus
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button
              color="red"
              disabled={reason.trim() === ""}
              loading={rollback.isBusy}
              onClick={() => rollback.act(reason.trim())}
            >
              {t("rollBackTo", { version: data.to.version })}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
