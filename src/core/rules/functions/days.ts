import type { NumberFunction } from "./define.ts";

/** Days are calendar days of the workspace's time zone, so both are whole numbers. */
export const DAYS_SINCE: NumberFunction = {
  makes: "number",
  name: "days_since",
  written: "days_since(t)",
  meaning: "calendar days from the date or time t to today; 0 today, negative when t is ahead",
  takes: "day",
  atLeast: 1,
  atMost: 1,
  evaluate: ([day = Number.NaN], today) => today - day,
  emit: ([day], today) => `(${today} - ${day})`,
};

export const DAYS_UNTIL: NumberFunction = {
  makes: "number",
  name: "days_until",
  written: "days_until(t)",
  meaning: "calendar days from today to the date or time t; 0 today, negative when t is past",
  takes: "day",
  atLeast: 1,
  atMost: 1,
  evaluate: ([day = Number.NaN], today) => day - today,
  emit: ([day], today) => `(${day} - ${today})`,
};
