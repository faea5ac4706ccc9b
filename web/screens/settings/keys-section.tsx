import { Badge, Button, Group, Modal, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import type { components } from "../../lib/api-types.ts";
import { useFormat } from "../../lib/format.ts";
import { useLive } from "../../lib/live.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconKey, IconPlus } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { SecretShown } from "./secret-shown.tsx";
import { SectionHead } from "./section-head.tsx";

type Key = components["schemas"]["Key"];
const KEY = ["keys"] as const;
const KINDS = ["write", "api", "widget"] as const;
const SCOPES = ["read", "write", "admin"] as const;

/** Keys by which programs come in: made, shown once, revoked. */
export function KeysSection() {
  const t = useText("settings");
  const common = useText("common");
  const format = useFormat();
  const keys = useQuery({ queryKey: KEY, queryFn: () => ask(api.GET("/api/keys")) });
  useLive(["keys"], [KEY]);
  const [isNew, setNew] = useState(false);
  const [made, setMade] = useState<components["schemas"]["MadeKey"] | null>(null);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const revoke = useAct({
    run: (id: string) => ask(api.DELETE("/api/keys/{id}", { params: { path: { id } } })),
    refresh: [KEY],
    onDone: () => setRevoking(null),
  });
  if (keys.error) return <Failed error={keys.error} retry={() => void keys.refetch()} />;
  return (
    <>
      <SectionHead title={t("section_keys")} text={t("keysText")}>
        <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setNew(true)}>
          {t("newKey")}
        </Button>
      </SectionHead>
      {made && (
        <SecretShown
          title={t("keyMade", { name: made.name })}
          text={t("shownOnce")}
          secret={made.secret}
          onClose={() => setMade(null)}
        />
      )}
      {!keys.data ? (
        <Loading />
      ) : keys.data.items.length === 0 ? (
        <Empty icon={IconKey} title={t("noKeys")} />
      ) : (
        <Table.ScrollContainer minWidth={680}>
          <Table verticalSpacing={7} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("keyName")}</Table.Th>
                <Table.Th>{t("keyKind")}</Table.Th>
                <Table.Th>{t("mayDo")}</Table.Th>
                <Table.Th>{t("madeBy")}</Table.Th>
                <Table.Th>{t("lastUsed")}</Table.Th>
                <Table.Th aria-label={t("revoke")} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {keys.data.items.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td fw={550}>{one.name}</Table.Td>
                  <Table.Td>{t(`key_${one.kind}`)}</Table.Td>
                  <Table.Td>
                    {one.kind === "api" || one.kind === "admin"
                      ? [one.scopes.join(", "), one.access].filter(Boolean).join(" · ")
                      : "–"}
                  </Table.Td>
                  <Table.Td>
                    <Text size="xs" c="dimmed">
                      {one.created_by ?? "–"}, {format.instant(one.created_at)}
                    </Text>
                  </Table.Td>
                  <Table.Td className="tabular">
                    {one.last_used_on === null ? t("never") : format.shortDay(one.last_used_on)}
                  </Table.Td>
                  <Table.Td ta="right">
                    {one.revoked_at === null ? (
                      <Button
                        variant="default"
                        aria-label={t("revokeOf", { name: one.name })}
                        onClick={() => setRevoking(one)}
                      >
                        {t("revoke")}
                      </Button>
                    ) : (
                      <Badge color="gray">{t("revoked")}</Badge>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {isNew && (
        <NewKey
          onClose={() => setNew(false)}
          onMade={(key) => {
            setNew(false);
            setMade(key);
          }}
        />
      )}
      <Modal
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={t("revokeTitle", { name: revoking?.name ?? "" })}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <Text size="sm" mb="md">
          {t("revokeText")}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setRevoking(null)}>
            {common("cancel")}
          </Button>
          <Button
            color="red"
            loading={revoke.isBusy}
            onClick={() => revoking && revoke.act(revoking.id)}
          >
            {t("revokeNow")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

interface NewKeyProps {
  readonly onClose: () => void;
  readonly onMade: (key: components["schemas"]["MadeKey"]) => void;
}

function NewKey({ onClose, onMade }: NewKeyProps) {
  const t = useText("settings");
  const common = useText("common");
  const [name, setName] = useState("");
  const [kind, setKind] = useState<(typeof KINDS)[number]>("write");
  const [scope, setScope] = useState<(typeof SCOPES)[number]>("read");
  const make = useAct({
    run: (_: void, key) =>
      ask(
        api.POST("/api/keys", {
          body: { name, kind, ...(kind === "api" ? { scopes: [scope] } : {}) },
          headers: idempotent(key),
        }),
      ),
    refresh: [KEY],
    onDone: onMade,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("newKey")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") make.act();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t("keyName")}
            description={t("keyNameText")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            maxLength={100}
            data-autofocus
          />
          <Select
            label={t("keyKind")}
            description={t(`keyText_${kind}`)}
            data={KINDS.map((one) => ({ value: one, label: t(`key_${one}`) }))}
            value={kind}
            onChange={(one) => setKind(one ?? "write")}
            allowDeselect={false}
          />
          {kind === "api" && (
            <Select
              label={t("mayDo")}
              description={t("scopeText")}
              data={SCOPES.map((one) => ({ value: one, label: t(`scope_${one}`) }))}
              value={scope}
              onChange={(one) => setScope(one ?? "read")}
              allowDeselect={false}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={make.isBusy} disabled={name.trim() === ""}>
              {t("makeKey")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
