import type { AppointmentStore } from "../../engine/ports.ts";
import type { Database } from "../db/database.ts";
import { readAppointments } from "./appointment-rows.ts";

export function appointmentStore(db: Database): AppointmentStore {
  return {
    async of(account, touch) {
      const [found] = await readAppointments(db, [{ account, key: touch }]);
      return found ?? null;
    },
  };
}
