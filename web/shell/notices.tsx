import { Notification } from "@mantine/core";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type Notice, telling } from "../lib/tell.ts";
import { useText } from "../text/text.ts";
import "./notices.css";

const MOST = 4;
const SHOWN_MS = 4_000;

/** What `tell` says, in the corner; it is here from the start, for a server that is away. */
export function Notices() {
  const notices = useSyncExternalStore(telling.watch, telling.now);
  // the others wait until there is room
  return (
    <div className="notices no-print">
      {notices.slice(0, MOST).map((notice) => (
        <Shown key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function Shown({ notice }: { readonly notice: Notice }) {
  const t = useText("common");
  const { id, title, message = "", color = "teal", role = "status", stays = false } = notice;
  const [isLookedAt, setLookedAt] = useState(false);
  const left = useRef(SHOWN_MS);
  useEffect(() => {
    if (stays || isLookedAt) return undefined;
    const since = Date.now();
    const timer = setTimeout(() => telling.close(id), left.current);
    return () => {
      clearTimeout(timer);
      left.current = Math.max(1_000, left.current - (Date.now() - since));
    };
  }, [id, stays, isLookedAt]);
  return (
    <Notification
      role={role}
      color={color}
      title={title}
      className="notice"
      onClose={() => telling.close(id)}
      closeButtonProps={{ "aria-label": t("close") }}
      onPointerEnter={() => setLookedAt(true)}
      onPointerLeave={() => setLookedAt(false)}
      onFocus={() => setLookedAt(true)}
      onBlur={() => setLookedAt(false)}
    >
      {message}
    </Notification>
  );
}
