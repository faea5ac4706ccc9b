import { Button } from "@mantine/core";
import { useState } from "react";
import { useMe } from "../../lib/me.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { useText } from "../../text/text.ts";
import { IconChevronDown } from "../../ui/icons.ts";
import { later, usePreload } from "../../ui/later.tsx";
import { PopMenu } from "../../ui/pop-up.tsx";
import type { SeenAccount } from "./account-queries.ts";
import type { ChangeKind } from "./use-change.ts";

const ChangeForm = later(async () => (await import("./change-form.tsx")).ChangeForm);

/** What may be changed by hand: each with a reason. */
export function ChangeMenu({ seen }: { readonly seen: SeenAccount }) {
  const t = useText("account");
  const me = useMe();
  const [kind, setKind] = useState<ChangeKind | null>(null);
  const { account } = seen;
  usePreload(ChangeForm);
  const kinds: readonly ChangeKind[] = [
    "pin",
    ...(account.pinned ? (["unpin"] as const) : []),
    ...(account.stage === null ? [] : (["stage"] as const)),
    ...(me.may("leader") ? (["owner"] as const) : []),
    "trait",
    "start",
    "stop",
  ];
  useOfferCommands(kinds.map((one) => ({ label: t(`change_${one}`), run: () => setKind(one) })));
  return (
    <>
      <PopMenu
        position="bottom-end"
        lines={kinds.map((one) => ({ text: t(`change_${one}`), onClick: () => setKind(one) }))}
        renderButton={(opener) => (
          <Button
            {...opener}
            variant="default"
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {t("change")}
          </Button>
        )}
      />
      {kind !== null && <ChangeForm kind={kind} seen={seen} close={() => setKind(null)} />}
    </>
  );
}
