import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";

interface Cell {
  readonly from: string | null;
  readonly to: string | null;
  readonly accounts: number;
  readonly revenue: number;
}

interface MoveMatrixProps {
  readonly label: string;
  readonly cells: readonly Cell[];
  /** In the model's order; names that only the cells know come after. */
  readonly order: readonly string[];
}

/** Accounts and revenue from (down) to (across); what stays is in the diagonal. */
export function MoveMatrix({ label, cells, order }: MoveMatrixProps) {
  const t = useText("model");
  const format = useFormat();
  const known = new Set([...order, ...cells.flatMap(({ from, to }) => [from ?? "", to ?? ""])]);
  const names = [...known].filter((name) =>
    cells.some(({ from, to }) => (from ?? "") === name || (to ?? "") === name),
  );
  const cellAt = new Map(cells.map((cell) => [`${cell.from ?? ""} ${cell.to ?? ""}`, cell]));
  const shown = (name: string): string => (name === "" ? t("nowhere") : name);
  return (
    <table className="model-grid move-matrix" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t("fromTo")}</th>
          {names.map((name) => (
            <th key={name} scope="col" className="num">
              {shown(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((from) => (
          <tr key={from}>
            <th scope="row">{shown(from)}</th>
            {names.map((to) => {
              const cell = cellAt.get(`${from} ${to}`);
              const isMove = cell !== undefined && from !== to && cell.accounts > 0;
              return (
                <td key={to} className="num" data-move={isMove ? "yes" : undefined}>
                  {cell && (
                    <>
                      {format.number(cell.accounts)}
                      <span className="cell-note">{format.shortMoney(cell.revenue)}</span>
                    </>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
