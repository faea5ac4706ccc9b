import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { IconChevronDown } from "../../ui/icons.ts";
import type { SeenAccount } from "./account-queries.ts";
import { ChangeForm } from "./change-form.tsx";
import type { ChangeKind } from "./use-change.ts";

/** What may be changed by hand: each with a reason. */
export function ChangeMenu({ seen }: { readonly seen: SeenAccount }) {
  const t = useText("account");
  const me = useMe();
  const [kind, setKind] = useState<ChangeKind | null>(null);
  const { account } = seen;
  const kinds: readonly ChangeKind[] = [
    "pin",
    ...(account.pinned ? (["unpin"] as const) : []),
    ...(account.stage === null ? [] : (["stage"] as const)),
    ...(me.may("leader") ? (["owner"] as const) : []),
    "trait",
    "start",
    "stop",
  ];
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
            {t("change")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map((one) => (
            <Menu.Item key={one} onClick={() => setKind(one)}>
              {t(`change_${one}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {kind !== null && <ChangeForm kind={kind} seen={seen} close={() => setKind(null)} />}
    </>
  );
}
