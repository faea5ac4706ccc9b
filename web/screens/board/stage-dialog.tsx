import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask } from "../../lib/api.ts";
import { useText } from "../../text/text.ts";

/** An account on its way to another stage. */
export interface Moving {
  readonly account: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The stage is the model's to say: whoever sets it by hand says why. */
export function StageDialog({
  moving,
  onClose,
}: {
  readonly moving: Moving | null;
  readonly onClose: () => void;
}) {
  const t = useText("board");
  return (
    <Modal
      closeButtonProps={{ "aria-label": t("cancel") }}
      opened={moving !== null}
      onClose={onClose}
      title={t("setStage")}
    >
      {moving && <StageForm moving={moving} onClose={onClose} />}
    </Modal>
  );
}

function StageForm({ moving, onClose }: { readonly moving: Moving; readonly onClose: () => void }) {
  const t = useText("board");
  const [reason, setReason] = useState("");
  const move = useAct({
    run: () =>
      ask(
        api.PUT("/api/accounts/{account}/stage", {
          params: { path: { account: moving.account } },
          body: { stage: moving.to, reason: reason.trim() },
        }),
      ),
    onDone: onClose,
    refresh: [["portfolio"], ["account", moving.account]],
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== "") move.act();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {t("setStageText", { name: moving.name, from: moving.from, to: moving.to })}
        </Text>
        <Textarea
          label={t("reason")}
          description={t("reasonHint")}
          required
          data-autofocus
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={move.isBusy} disabled={reason.trim() === ""}>
            {t("setStage")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
