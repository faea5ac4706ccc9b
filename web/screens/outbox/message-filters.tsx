import { Button, Group, Select, TextInput } from "@mantine/core";
import { useText } from "../../text/text.ts";
import { AccountPicker } from "../../ui/account-picker.tsx";
import { CHANNELS, type OutboxSearch, STATUSES } from "./outbox-search.ts";
import { useOutboxSearch } from "./use-outbox-search.ts";

const NONE: OutboxSearch = {
  status: undefined,
  channel: undefined,
  account: undefined,
  contact: undefined,
  program: undefined,
  touch: undefined,
};

/** Which messages are shown; all of it stands in the address. */
export function MessageFilters({ withStatus = true }: { readonly withStatus?: boolean }) {
  const t = useText("outbox");
  const [search, change] = useOutboxSearch();
  const isAny = Object.keys(NONE).some((key) => search[key as keyof OutboxSearch] !== undefined);
  return (
    <Group gap="xs" mb="sm" role="search" aria-label={t("filters")}>
      {withStatus && (
        <Select
          aria-label={t("status")}
          placeholder={t("status")}
          data={STATUSES.map((one) => ({ value: one, label: t(`status_${one}`) }))}
          value={search.status ?? null}
          onChange={(status) => change({ status: status ?? undefined })}
          clearable
          w={150}
        />
      )}
      <Select
        aria-label={t("channel")}
        placeholder={t("channel")}
        data={CHANNELS.map((one) => ({ value: one, label: t(`channel_${one}`) }))}
        value={search.channel ?? null}
        onChange={(channel) => change({ channel: channel ?? undefined })}
        clearable
        w={140}
      />
      <AccountPicker
        label={t("account")}
        isLabelHidden
        value={search.account}
        onChange={(account) => change({ account })}
      />
      <Typed name="program" />
      {withStatus && <Typed name="contact" />}
      {isAny && (
        <Button variant="subtle" color="gray" onClick={() => change(NONE)}>
          {t("clearFilters")}
        </Button>
      )}
    </Group>
  );
}

/** Taken over when it is left or Enter is pressed. */
function Typed({ name }: { readonly name: "program" | "contact" }) {
  const t = useText("outbox");
  const [search, change] = useOutboxSearch();
  const take = (text: string) => change({ [name]: text.trim() === "" ? undefined : text.trim() });
  return (
    <TextInput
      key={search[name] ?? ""}
      aria-label={t(name)}
      placeholder={t(name)}
      defaultValue={search[name] ?? ""}
      onBlur={(event) => {
        if (event.currentTarget.value.trim() !== (search[name] ?? ""))
          take(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") take(event.currentTarget.value);
      }}
      w={140}
    />
  );
}
