import { useNavigate } from "@tanstack/react-router";
import { useMe } from "../../lib/me.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { useText } from "../../text/text.ts";
import type { TodaySearch } from "./today-search.ts";

/** What the palette offers on this screen: its views, and for leaders whose day. */
export function useTodayCommands(isWeek: boolean): void {
  const t = useText("today");
  const me = useMe();
  const isLeader = me.may("leader");
  const navigate = useNavigate({ from: "/today" });
  const go = (change: Partial<TodaySearch>) => () =>
    void navigate({ search: (before) => ({ ...before, ...change }) });
  const view = isWeek ? undefined : "week";
  const whose = (label: string, owner: string) => ({
    label: `${t("title")}: ${label}`,
    run: go({ owner, touch: undefined }),
  });
  useOfferCommands([
    { label: `${t("title")}: ${isWeek ? t("list") : t("week")}`, run: go({ view }) },
    ...(isLeader ? [whose(t("everybody"), "all"), whose(t("nobodys"), "nobody")] : []),
  ]);
}
