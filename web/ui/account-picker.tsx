import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../lib/api.ts";
import { useText } from "../text/text.ts";

interface AccountPickerProps {
  readonly value: string | undefined;
  readonly onChange: (account: string | undefined) => void;
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly w?: number | string;
}

/** An account by the beginning of its id or a part of its name. */
export function AccountPicker({
  value,
  onChange,
  label,
  isLabelHidden = false,
  w = 220,
}: AccountPickerProps) {
  const t = useText("common");
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({
    queryKey: ["account-picker", q],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/accounts", {
          params: { query: { limit: 20, state: "all", ...(q === "" ? {} : { q }) } },
          signal,
        }),
      ),
    placeholderData: (before) => before,
  });
  const chosen = useQuery({
    queryKey: ["account-name", value],
    queryFn: () =>
      ask(api.GET("/api/accounts/{account}", { params: { path: { account: value ?? "" } } })),
    enabled: value !== undefined,
    staleTime: 300_000,
  });
  const items = (found.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name ?? id }));
  if (value !== undefined && !items.some((one) => one.value === value))
    items.unshift({ value, label: chosen.data?.name ?? value });
  return (
    <Select
      {...(isLabelHidden ? { "aria-label": label } : { label })}
      placeholder={label}
      data={items}
      value={value ?? null}
      onChange={(account) => onChange(account ?? undefined)}
      searchable
      clearable
      onSearchChange={setTyped}
      // the server has searched already
      filter={({ options }) => options}
      nothingFoundMessage={t("noMatches")}
      w={w}
    />
  );
}
