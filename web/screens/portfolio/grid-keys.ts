/** What a key does in the list. */
export type GridStep =
  | { readonly kind: "move"; readonly to: number; readonly selects: boolean }
  | { readonly kind: "open" | "preview" | "toggle" | "all" | "none" };

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export function gridKey(
  { key, shiftKey, ctrlKey, metaKey, altKey }: Key,
  {
    active,
    count,
    page,
  }: { readonly active: number; readonly count: number; readonly page: number },
): GridStep | null {
  if (altKey || count === 0) return null;
  if (ctrlKey || metaKey) return key === "a" ? { kind: "all" } : null;
  const move = (to: number): GridStep => ({
    kind: "move",
    to: Math.min(Math.max(to, 0), count - 1),
    selects: shiftKey,
  });
  switch (key) {
    case "ArrowDown":
    case "j":
    case "J":
      return move(active + 1);
    case "ArrowUp":
    case "k":
    case "K":
      return move(active - 1);
    case "PageDown":
      return move(active + page);
    case "PageUp":
      return move(active - page);
    case "Home":
      return move(0);
    case "End":
      return move(count - 1);
    case "Enter":
      return { kind: "open" };
    case " ":
      return { kind: "preview" };
    case "x":
      return { kind: "toggle" };
    case "Escape":
      return { kind: "none" };
    default:
      return null;
  }
}
