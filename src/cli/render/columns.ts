/** How many columns of a terminal a text takes: Chinese, Japanese, Korean and emoji take two each. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char.codePointAt(0) ?? 0);
  return width;
}

/** A text in at most so many columns, its end marked where it was cut. */
export function cut(text: string, columns: number): string {
  const line = text.replaceAll(/\s+/g, " ");
  if (widthOf(line) <= columns) return line;
  let kept = "";
  let width = 0;
  for (const char of line) {
    width += charWidth(char.codePointAt(0) ?? 0);
    if (width > columns - 1) break;
    kept += char;
  }
  return `${kept.trimEnd()}…`;
}

/** A sentence as lines of at most so many columns; those after the first are set in by `indent`. */
export function wrap(text: string, columns: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((one) => pieces(one, columns - indent.length))) {
    const longer = line === "" ? word : `${line} ${word}`;
    const start = lines.length === 0 ? "" : indent;
    if (line !== "" && widthOf(start + longer) > columns) {
      lines.push(start + line);
      line = word;
    } else line = longer;
  }
  lines.push((lines.length === 0 ? "" : indent) + line);
  return lines;
}

/** A word longer than a line is broken. */
function pieces(word: string, columns: number): string[] {
  if (widthOf(word) <= columns) return [word];
  const found: string[] = [];
  let piece = "";
  for (const char of word) {
    if (widthOf(piece + char) > columns) {
      found.push(piece);
      piece = "";
    }
    piece += char;
  }
  return [...found, piece];
}

/** Ranges of characters that are two columns wide (Unicode's East Asian Width, the usual ones). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x11_00, 0x11_5f],
  [0x2e_80, 0xa4_cf],
  [0xac_00, 0xd7_a3],
  [0xf9_00, 0xfa_ff],
  [0xfe_30, 0xfe_6f],
  [0xff_00, 0xff_60],
  [0xff_e0, 0xff_e6],
  [0x1_f3_00, 0x1_fa_ff],
  [0x2_00_00, 0x3_ff_fd],
];

function charWidth(code: number): number {
  // marks that combine with the letter before take no room
  if ((code >= 0x03_00 && code <= 0x03_6f) || (code >= 0x20_0b && code <= 0x20_0f)) return 0;
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}
