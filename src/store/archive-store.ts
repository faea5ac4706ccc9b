import type { ArchiveStore } from "../engine/ports.ts";
import { backup } from "./archive/backup.ts";
import { exportTo } from "./archive/export.ts";
import { health } from "./archive/health.ts";
import { restore } from "./archive/restore.ts";
import type { Database } from "./db/database.ts";

export function archiveStore(db: Database): ArchiveStore {
  return {
    backup: (file) => backup(db, file),
    restore: (file) => restore(db, file),
    exportTo: (folder) => exportTo(db, folder),
    health: () => health(db),
  };
}
