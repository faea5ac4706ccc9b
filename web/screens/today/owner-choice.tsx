import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { teamQuery } from "./today-queries.ts";

export interface WhoseDayProps {
  readonly owner: string | undefined;
  readonly onChange: (owner: string | undefined) => void;
}

/** Whose day it is: leaders look at others' as well. */
export function OwnerChoice({ owner, onChange }: WhoseDayProps) {
  const t = useText("today");
  const me = useMe();
  const team = useQuery(teamQuery);
  const others = (team.data?.items ?? [])
    .filter(({ id }) => id !== me.member)
    .map(({ id, name }) => ({ value: id, label: name ?? id }));
  const data = [
    ...(me.member === null ? [] : [{ value: me.member, label: t("myDay") }]),
    { value: "all", label: t("everybody") },
    { value: "nobody", label: t("nobodys") },
    ...others,
  ];
  return (
    <Select
      aria-label={t("whoseDay")}
      data={data}
      value={owner ?? me.member ?? "all"}
      onChange={(chosen) => onChange(chosen === null || chosen === me.member ? undefined : chosen)}
      searchable
      allowDeselect={false}
      autoFocus
      defaultDropdownOpened
      w={190}
    />
  );
}
