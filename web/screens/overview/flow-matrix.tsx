import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import type { BookFlows } from "./flows.tsx";
import { useNames } from "./use-names.ts";
import { useOverviewView } from "./use-overview.ts";

/** Where accounts stood at first (down) and stand now (across); each number opens its accounts. */
export function FlowMatrix({ flows }: { readonly flows: BookFlows }) {
  const t = useText("overview");
  const format = useFormat();
  const nameOf = useNames();
  const { open } = useOverviewView();
  const { net, names, from, to, of } = flows;
  const places: (string | null)[] = [...names, null];
  const count = (was: string | null, is: string | null) =>
    net.find((one) => one.from === was && one.to === is)?.accounts ?? 0;
  const show = (was: string | null, is: string | null) =>
    open({ of: "moved", kind: of, from, to, was: was ?? "-", is: is ?? "-" });
  return (
    <div style={{ overflowX: "auto" }}>
      <table className="plain-table flow-matrix">
        <caption style={{ textAlign: "left", captionSide: "top", paddingBottom: 4 }}>
          <span style={{ color: "var(--mantine-color-dimmed)", fontSize: 12 }}>
            {t("matrixCaption", { from: format.shortDay(from), to: format.shortDay(to) })}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("fromTo")}</th>
            {places.map((is) => (
              <th scope="col" key={is ?? "-"} className="number">
                {is === null ? t("left") : nameOf(is)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((was) => (
            <tr key={was ?? "-"}>
              <th scope="row">{was === null ? t("new") : nameOf(was)}</th>
              {places.map((is) => {
                const accounts = count(was, is);
                return (
                  <td key={is ?? "-"} className={was === is ? "number stays" : "number"}>
                    {accounts === 0 ? (
                      <span aria-hidden style={{ opacity: 0.35 }}>
                        ·
                      </span>
                    ) : (
                      <button
                        type="button"
                        className="plain-link"
                        style={{ fontWeight: was === is ? 400 : 620 }}
                        aria-label={t("cellLabel", {
                          count: accounts,
                          from: was === null ? t("new") : nameOf(was),
                          to: is === null ? t("left") : nameOf(is),
                        })}
                        onClick={() => show(was, is)}
                      >
                        {format.number(accounts)}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
