import { keepDraft } from "./drafts.ts";
import { UndoBar } from "./undo-bar.tsx";
import { useWaiting } from "./use-waiting.ts";

/** On every other screen: what waits is sent in time, and can be taken back until then. */
export function WaitingElsewhere() {
  const waiting = useWaiting();
  return (
    <div className="undo-elsewhere">
      <UndoBar
        waiting={waiting}
        hasKey={false}
        onUndo={(change) => {
          if (waiting.all.undo(change.key)) keepDraft(change.touch, change.deed);
        }}
      />
    </div>
  );
}
