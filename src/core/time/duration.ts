/** `14d` or `2w` → whole days; undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})([dw])$/.exec(text);
  return match ? Number(match[1]) * (match[2] === "w" ? 7 : 1) : undefined;
}
