/** Databases hold neither NUL nor half a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** Both become U+FFFD, so that one odd character in a customer's data cannot stop a whole batch. */
export function storableText(text: string): string {
  return isStorable(text) ? text : text.toWellFormed().replaceAll("\0", "\uFFFD");
}
