import { type ComponentProps, type ReactNode, type Ref, useId, useRef, useState } from "react";
import { later, useEver } from "./later.tsx";
import type { MenuInner, MenuLine } from "./pop-menu-inner.tsx";
import type { PopUpInner } from "./pop-up-inner.tsx";

export type { MenuLine };

const Inner = later(async () => (await import("./pop-up-inner.tsx")).PopUpInner);
const Lines = later(async () => (await import("./pop-menu-inner.tsx")).MenuInner);

/** For `usePreload`: what every pop-up and menu needs. */
export const popUps = {
  preload: (): void => {
    void Inner.preload();
    void Lines.preload();
  },
};

/** What the button that opens it has to carry. */
interface Opener {
  readonly ref: Ref<HTMLButtonElement>;
  readonly id: string;
  readonly "aria-haspopup": "dialog" | "menu";
  readonly "aria-expanded": boolean;
  readonly onClick: () => void;
  readonly onPointerEnter: () => void;
  readonly onFocus: () => void;
}

interface Opens {
  /** The button: `(opener) => <Button {...opener}>…</Button>`. */
  readonly renderButton: (opener: Opener) => ReactNode;
  /** Opened from outside: from the address, by a key. */
  readonly isOpen?: boolean | undefined;
  readonly onOpen?: ((isOpen: boolean) => void) | undefined;
}

type Placing<Props> = Omit<Props, "at" | "id" | "isOpen" | "onOpen">;

/** A button and what it opens beside it, whose code comes with the first one that is opened. */
export function PopUp({
  renderButton,
  isOpen,
  onOpen,
  children,
  ...placing
}: Opens & Placing<ComponentProps<typeof PopUpInner>>) {
  const { opener, opened } = useOpener("dialog", Inner, isOpen, onOpen);
  return (
    <>
      {renderButton(opener)}
      {opened && (
        <Inner {...opened} {...placing}>
          {children}
        </Inner>
      )}
    </>
  );
}

interface PopMenuProps extends Opens, Placing<ComponentProps<typeof MenuInner>> {
  readonly lines: readonly MenuLine[];
}

/** A button and its menu. */
export function PopMenu({ renderButton, isOpen, onOpen, ...menu }: PopMenuProps) {
  const { opener, opened } = useOpener("menu", Lines, isOpen, onOpen);
  return (
    <>
      {renderButton(opener)}
      {opened && <Lines {...opened} {...menu} />}
    </>
  );
}

function useOpener(
  kind: Opener["aria-haspopup"],
  part: { readonly preload: () => Promise<void> },
  isOpenOutside: boolean | undefined,
  onOpen: Opens["onOpen"],
) {
  const id = useId();
  const at = useRef<HTMLButtonElement>(null);
  const [isOwnOpen, setOpen] = useState(false);
  const isOpen = isOpenOutside ?? isOwnOpen;
  const wasOpen = useEver(isOpen);
  const change = (next: boolean): void => {
    setOpen(next);
    onOpen?.(next);
  };
  const opener: Opener = {
    ref: at,
    id,
    "aria-haspopup": kind,
    "aria-expanded": isOpen,
    onClick: () => change(!isOpen),
    onPointerEnter: () => void part.preload(),
    onFocus: () => void part.preload(),
  };
  return { opener, opened: wasOpen ? { at, id, isOpen, onOpen: change } : null };
}
