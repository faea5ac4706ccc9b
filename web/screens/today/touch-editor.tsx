import { DoneForm } from "./done-form.tsx";
import { MoveForm } from "./move-form.tsx";
import { SkipForm } from "./skip-form.tsx";
import { SnoozeForm } from "./snooze-form.tsx";
import type { Load, ToDo } from "./today-queries.ts";
import type { Editing } from "./touch-row.tsx";
import type { Deed } from "./waiting-changes.ts";

interface TouchEditorProps {
  readonly row: ToDo;
  readonly editing: Editing;
  readonly load: Load | null;
  readonly onSave: (deed: Deed) => void;
  readonly onClose: () => void;
}

/** What is being done with a touch, at its place in the list. */
export function TouchEditor({ editing, load, ...form }: TouchEditorProps) {
  switch (editing) {
    case "done":
      return <DoneForm {...form} />;
    case "skip":
      return <SkipForm {...form} />;
    case "move":
      return <MoveForm {...form} load={load} />;
    default:
      return <SnoozeForm {...form} load={load} />;
  }
}
