import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, ask } from "../lib/api.ts";
import { useLive } from "../lib/live.ts";
import { useMe } from "../lib/me.ts";
import { useText } from "../text/text.ts";
import { Empty } from "./empty.tsx";
import { IconUpload } from "./icons.ts";

const ANY = ["portfolio", "any"];

/** Where nothing can be shown before there are accounts: how they come, and the way there. */
export function NoAccounts() {
  const t = useText("common");
  const mayImport = useMe().may("ops");
  return (
    <Empty
      icon={IconUpload}
      title={t("noAccounts")}
      text={t(mayImport ? "noAccountsText" : "noAccountsWait")}
    >
      {mayImport && (
        <Button component={Link} to="/imports" mt="sm">
          {t("importAccounts")}
        </Button>
      )}
    </Empty>
  );
}

/** Whether there is not a single account, open or closed; undefined: not known (yet), or not asked. */
export function useIsEmptyBook(isAsked: boolean): boolean | undefined {
  useLive(["accounts"], [ANY]);
  const { data } = useQuery({
    queryKey: ANY,
    queryFn: ({ signal }) =>
      ask(api.GET("/api/accounts", { params: { query: { state: "all", limit: 1 } }, signal })),
    enabled: isAsked,
  });
  return data && data.items.length === 0;
}
