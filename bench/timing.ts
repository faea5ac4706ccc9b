/** How long something took, over several runs. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** One of the things compared: `prepare` is not timed. */
export interface Contender {
  readonly prepare: () => void;
  readonly run: () => void;
}

/**
 * Milliseconds of processor time of contenders in turns (a, b, a, b, …), so that what else the machine does falls on all of
 * them alike. The first `warmUps` turns, in which code is compiled, do not count.
 */
export function timeInTurns(
  contenders: readonly Contender[],
  { turns, warmUps }: { readonly turns: number; readonly warmUps: number },
): number[][] {
  const times = contenders.map((): number[] => []);
  for (let turn = 0; turn < warmUps + turns; turn++) {
    contenders.forEach(({ prepare, run }, index) => {
      prepare();
      const start = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(start);
      if (turn >= warmUps) times[index]?.push((user + system) / 1000);
    });
  }
  return times;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: sorted[sorted.length >> 1] ?? Number.NaN,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  };
}
