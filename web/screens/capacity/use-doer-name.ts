import { useText } from "../../text/text.ts";
import type { Capacity } from "./use-capacity.ts";

/** What somebody who has touches to do is called: a person, a pod, the pool, a head that is tried. */
export function useDoerName() {
  const t = useText("capacity");
  return ({ doer, name, kind, role }: Capacity["doers"][number]): string => {
    if (doer.startsWith("new ")) return t("newHead", { role: role ?? "" });
    if (kind === "pod") return t("podNamed", { pod: doer.slice("pod:".length) });
    return kind === "pool" ? t("kind_pool") : name;
  };
}
