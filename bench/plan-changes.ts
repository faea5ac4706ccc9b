/** Changes of templates/four-tiers-hybrid, from one that moves nobody to one that moves many. */
export const CHANGES: readonly (readonly [what: string, find: string, put: string])[] = [
  ["the same model", "", ""],
  ["a title", "title: ", "title: A "],
  ["key accounts from 400,000 (was 500,000)", "arr >= 500000", "arr >= 400000"],
  ["micro below 6,000 (was 5,000)", "|| arr < 5000\n      small", "|| arr < 6000\n      small"],
  ["top from 90,000 (was 100,000)", "arr >= 100000", "arr >= 90000"],
  ["top from 60,000 (was 100,000)", "arr >= 100000", "arr >= 60000"],
];
