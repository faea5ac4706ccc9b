import { type PointerEvent, useRef } from "react";

interface ColumnResizeProps {
  readonly width: number;
  /** null: as wide as it usually is. */
  readonly onWidth: (width: number | null) => void;
}

/** As wide as columns may be. */
export function inBounds(width: number): number {
  return Math.min(800, Math.max(60, width));
}

/** The edge of a column's heading: drag it; twice clicked, the usual width is back. */
export function ColumnResize({ width, onWidth }: ColumnResizeProps) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const widthAt = (event: PointerEvent): number => {
    const from = start.current ?? { x: event.clientX, width };
    return inBounds(from.width + event.clientX - from.x);
  };
  return (
    <span
      className="head-resize"
      aria-hidden
      onDoubleClick={() => onWidth(null)}
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerUp={(event) => {
        if (start.current && start.current.x !== event.clientX) onWidth(widthAt(event));
        start.current = null;
      }}
    />
  );
}
