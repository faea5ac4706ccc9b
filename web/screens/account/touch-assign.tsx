import { Button, Group, Select, Stack, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { tell } from "../../lib/tell.ts";
import { useText } from "../../text/text.ts";
import { Refused } from "../../ui/refused.tsx";
import { BRIEF, TODAY, type ToDo } from "../today/today-queries.ts";
import { teamQuery } from "./account-queries.ts";

interface TouchAssignProps {
  readonly row: ToDo;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Gives a touch to somebody, and says why. */
export function TouchAssign({ row, onDone, onClose }: TouchAssignProps) {
  const t = useText("account");
  const common = useText("common");
  const { data: team } = useQuery(teamQuery);
  const [owner, setOwner] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<Error | null>(null);
  const assigning = useAct({
    run: (_: void, key) =>
      ask(
        api.POST("/api/touches/{touch}/assign", {
          params: { path: { touch: row.id } },
          body: { owner, reason: reason.trim() },
          headers: idempotent(key),
        }),
      ),
    refresh: [["account", row.account], BRIEF, TODAY],
    onRefused: (refused) => {
      setProblem(refused);
      return true;
    },
    onDone: () => {
      tell({ message: t("did_assign", { title: row.title }) });
      onDone();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setProblem(null);
    assigning.act();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Select
          label={t("assignTo")}
          data={(team ?? []).map(({ id, name }) => ({ value: id, label: name ?? id }))}
          value={owner}
          onChange={setOwner}
          searchable
        />
        <Textarea
          label={common("reason")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={2}
          required
        />
        {problem && <Refused problem={problem} />}
        <Group gap="xs">
          <Button
            type="submit"
            disabled={owner === null || reason.trim() === ""}
            loading={assigning.isBusy}
          >
            {t("act_assign")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
