/** Where the parts of the lifecycle's picture stand: stages in a row, moves as arcs over and under them. */
export const STAGE_WIDTH = 172;
export const GAP = 68;

export interface Arc {
  readonly from: string;
  readonly to: string;
  readonly accounts: number;
  readonly path: string;
  readonly label: { readonly x: number; readonly y: number };
  readonly width: number;
  /** Between neighbours it is a straight arrow; else it goes over (on) or under (back) the stages. */
  readonly way: "straight" | "over" | "under";
}

export interface Frame {
  /** Heights: above the stages, of them, below them. */
  readonly over: number;
  readonly stages: number;
  readonly under: number;
}

interface Move {
  readonly from: string | null;
  readonly to: string;
  readonly accounts: number;
}

const LEAST = 1.5;
const MOST = 9;

export function arcsOf(
  names: readonly string[],
  moves: readonly Move[],
  { over, stages, under }: Frame,
): Arc[] {
  const most = Math.max(1, ...moves.map(({ accounts }) => accounts));
  return moves.flatMap(({ from, to, accounts }): Arc[] => {
    const [a, b] = [names.indexOf(from ?? ""), names.indexOf(to)];
    if (from === null || a < 0 || b < 0 || a === b) return [];
    const width = LEAST + (MOST - LEAST) * Math.sqrt(accounts / most);
    const one = { from, to, accounts, width };
    if (b === a + 1) {
      const y = over + stages / 2;
      const [x1, x2] = [left(a) + STAGE_WIDTH + 4, left(b) - 10];
      return [
        {
          ...one,
          way: "straight",
          path: `M ${x1} ${y} H ${x2}`,
          label: { x: (x1 + x2) / 2, y: y - 12 },
        },
      ];
    }
    const isOver = b > a;
    const [x1, x2] = [middle(a) + (isOver ? 24 : -24), middle(b) + (isOver ? -24 : 24)];
    const edge = isOver ? over - 3 : over + stages + 3;
    const tip = isOver ? edge - 7 : edge + 7;
    const rise =
      Math.min(18 + Math.abs(b - a) * 14, (isOver ? over : under) - 22) * (isOver ? -1 : 1);
    const path = `M ${x1} ${edge} C ${x1} ${edge + rise * 1.3}, ${x2} ${edge + rise * 1.3}, ${x2} ${tip}`;
    const label = { x: (x1 + x2) / 2, y: edge + rise + (isOver ? -4 : 14) };
    return [{ ...one, way: isOver ? "over" : "under", path, label }];
  });
}

export function left(place: number): number {
  return place * (STAGE_WIDTH + GAP);
}

export function widthOf(count: number): number {
  return Math.max(0, count * (STAGE_WIDTH + GAP) - GAP);
}

function middle(place: number): number {
  return left(place) + STAGE_WIDTH / 2;
}
