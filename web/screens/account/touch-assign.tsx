import { Select, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useText } from "../../text/text.ts";
import type { ToDo } from "../today/today-queries.ts";
import { teamQuery } from "./account-queries.ts";
import { TouchForm } from "./touch-form.tsx";

interface TouchAssignProps {
  readonly row: ToDo;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Gives a touch to somebody, and says why. */
export function TouchAssign(props: TouchAssignProps) {
  const t = useText("account");
  const common = useText("common");
  const { data: team } = useQuery(teamQuery);
  const [owner, setOwner] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const assign = (key: string) =>
    ask(
      api.POST("/api/touches/{touch}/assign", {
        params: { path: { touch: props.row.id } },
        body: { owner, reason: reason.trim() },
        headers: idempotent(key),
      }),
    );
  return (
    <TouchForm
      {...props}
      doing="assign"
      run={assign}
      isReady={owner !== null && reason.trim() !== ""}
    >
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
    </TouchForm>
  );
}
