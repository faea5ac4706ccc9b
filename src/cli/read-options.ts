import { type Day, parseDay } from "../core/time/day.ts";
import { UsageError } from "./cli-error.ts";

/** A day as an option takes it; undefined where the option was not given. */
export function dayOption(flag: string, text: string | undefined): Day | undefined {
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === undefined)
    throw new UsageError(`${flag}: \`${text}\` is no day. Write it like 2026-12-31.`);
  return day;
}

/** How many, as an option takes it. */
export function countOption(flag: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new UsageError(`${flag} needs a whole number from 1.`);
  return count;
}

/** A port as an option takes it; 0: any that is free. */
export function portOption(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError(`--port: \`${text}\` is no port; write a number from 0 to 65535.`);
  return port;
}
