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

/** A contender that may have to be waited for, and may work in other processes too. */
export interface AsyncContender {
  readonly run: () => void | Promise<void>;
  /** Milliseconds of processor time of other processes since it was asked last. */
  readonly elsewhere?: (() => Promise<number>) | undefined;
}

/** What one left to be tidied up is tidied up in this time, and not the next one's. */
const REST_MS = 200;

/** As timeInTurns, of contenders that may have to be waited for. */
export async function timeAsyncInTurns(
  contenders: readonly AsyncContender[],
  { turns, warmUps }: { readonly turns: number; readonly warmUps: number },
): Promise<number[][]> {
  const times = contenders.map((): number[] => []);
  for (let turn = 0; turn < warmUps + turns; turn++) {
    for (const [index, { run, elsewhere }] of contenders.entries()) {
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
      await elsewhere?.();
      const start = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(start);
      const others = (await elsewhere?.()) ?? 0;
      if (turn >= warmUps) times[index]?.push((user + system) / 1000 + others);
    }
  }
  return times;
}

/** Of two contenders' times, turn by turn: how many times as long the first took. */
export function ratioOf(times: readonly number[], of: readonly number[]): Spread {
  return spread(times.map((time, turn) => time / (of[turn] ?? Number.NaN)));
}

/**
 * How time grows with size: the slope of the best line through the logarithms of both. 1 is in
 * proportion; 0 is no growth.
 */
export function logLogSlope(points: readonly { readonly size: number; readonly time: number }[]) {
  const logs = points.map(({ size, time }): [number, number] => [Math.log(size), Math.log(time)]);
  const mean = (at: 0 | 1): number => logs.reduce((sum, log) => sum + log[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: sorted[sorted.length >> 1] ?? Number.NaN,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  };
}
