import { useFormat } from "../../../lib/format.ts";
import type { components } from "../../../lib/api-types.ts";
import { useText } from "../../../text/text.ts";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";

type Overlaps = components["schemas"]["SegmentOverlaps"];

/** How many accounts of a row's segment are in a column's as well, the more the darker. */
export function OverlapMatrix({ overlaps }: { readonly overlaps: Overlaps }) {
  const t = useText("model");
  const format = useFormat();
  const { segments, pairs } = overlaps;
  const both = new Map(
    pairs.flatMap(({ a, b, accounts }) => [
      [`${a} ${b}`, accounts] as const,
      [`${b} ${a}`, accounts] as const,
    ]),
  );
  return (
    <ScrollPanel label={t("overlaps")}>
      <table className="model-grid overlap-matrix">
        <thead>
          <tr>
            <th scope="col">{t("segment")}</th>
            {segments.map(({ name }) => (
              <th key={name} scope="col" className="slanted">
                <span>{shortName(name)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {segments.map((row) => (
            <tr key={row.name}>
              <th scope="row">{shortName(row.name)}</th>
              {segments.map((column) => {
                const isOwn = row.name === column.name;
                const accounts = isOwn
                  ? row.accounts
                  : (both.get(`${row.name} ${column.name}`) ?? 0);
                const share = row.accounts === 0 ? 0 : accounts / row.accounts;
                const title = isOwn
                  ? t("allOf", { a: row.name, count: accounts })
                  : t("bothOf", {
                      a: row.name,
                      b: column.name,
                      count: accounts,
                      share: format.percent(share),
                    });
                return (
                  <td
                    key={column.name}
                    className="num"
                    title={title}
                    style={{
                      background: isOwn
                        ? "var(--ts-hover)"
                        : `color-mix(in srgb, var(--mantine-color-teal-6) ${Math.round(share * 34)}%, transparent)`,
                    }}
                  >
                    {accounts === 0 ? "" : format.number(accounts)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollPanel>
  );
}

/** An entry by its own name: which dimension it is of shows from its neighbours. */
function shortName(name: string): string {
  return name.split(".").at(-1) ?? name;
}
