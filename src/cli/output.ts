import { writeSync } from "node:fs";
import type { Progress } from "../engine/context.ts";

/** What was asked for goes to stdout; everything else to stderr. */
export function print(text: string): void {
  write(1, `${text}\n`);
}

export function note(text: string): void {
  write(2, `${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** One JSON document per line. */
export function printJsonLine(value: unknown): void {
  print(JSON.stringify(value));
}

/** Whole, even into a pipe that is read slowly: process.exit must not cut the end off. */
function write(fd: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
    }
  }
}

type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** Colour only on a terminal, and never when NO_COLOR is set. */
export function paint(style: Style, text: string): string {
  if (!process.stdout.isTTY || process.env["NO_COLOR"]) return text;
  const [on, off] = CODES[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

/** A line that shows how far long work is; on a terminal only. */
export function progressBar(label: string): Progress & { end(): void } {
  const isShown = process.stderr.isTTY === true;
  let last = 0;
  const show = (done: number, total: number): void => {
    const now = performance.now();
    if (!isShown || (done < total && now - last < 100)) return;
    last = now;
    const share = total === 0 ? 1 : done / total;
    const full = Math.round(share * 24);
    write(
      2,
      `\r${label} [${"#".repeat(full)}${".".repeat(24 - full)}] ${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")}\u001b[K`,
    );
  };
  return Object.assign(show, {
    end: () => (isShown && last > 0 ? write(2, "\r\u001b[K") : undefined),
  });
}
