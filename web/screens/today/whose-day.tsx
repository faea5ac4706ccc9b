import { InputBase } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { IconChevronDown } from "../../ui/icons.ts";
import { later } from "../../ui/later.tsx";
import type { WhoseDayProps } from "./owner-choice.tsx";
import { teamQuery } from "./today-queries.ts";

const OwnerChoice = later<WhoseDayProps>(
  async () => (await import("./owner-choice.tsx")).OwnerChoice,
  ({ owner }) => <Chosen owner={owner} />,
);

/** Whose day is shown, for leaders; the list to choose another from comes when it is opened. */
export function WhoseDay({ owner, onChange }: WhoseDayProps) {
  const me = useMe();
  const [isChoosing, setChoosing] = useState(false);
  if (!me.may("leader")) return null;
  return isChoosing ? (
    <OwnerChoice owner={owner} onChange={onChange} />
  ) : (
    <Chosen owner={owner} onOpen={() => setChoosing(true)} />
  );
}

interface ChosenProps {
  readonly owner: string | undefined;
  readonly onOpen?: () => void;
}

function Chosen({ owner, onOpen }: ChosenProps) {
  const t = useText("today");
  const me = useMe();
  const list = useId();
  const team = useQuery(teamQuery);
  const of = owner ?? me.member ?? "all";
  const known: Readonly<Record<string, string>> = {
    ...(me.member === null ? {} : { [me.member]: t("myDay") }),
    all: t("everybody"),
    nobody: t("nobodys"),
  };
  const name = known[of] ?? team.data?.items.find(({ id }) => id === of)?.name ?? of;
  return (
    <InputBase
      component="button"
      type="button"
      pointer
      size="xs"
      w={190}
      role="combobox"
      aria-label={t("whoseDay")}
      aria-expanded={false}
      aria-controls={list}
      aria-haspopup="listbox"
      rightSection={<IconChevronDown size={14} aria-hidden />}
      rightSectionPointerEvents="none"
      onPointerEnter={() => void OwnerChoice.preload()}
      onFocus={() => void OwnerChoice.preload()}
      onClick={onOpen}
    >
      {name}
    </InputBase>
  );
}
