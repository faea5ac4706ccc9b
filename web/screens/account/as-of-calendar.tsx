import { DatePicker } from "@mantine/dates";
import { Dates } from "./dates.tsx";

interface AsOfCalendarProps {
  readonly day: string;
  readonly since: string;
  readonly today: string;
  readonly onChoose: (day: string | null) => void;
}

/** The days on which an account can be looked at. */
export function AsOfCalendar({ day, since, today, onChoose }: AsOfCalendarProps) {
  return (
    <Dates>
      <DatePicker
        value={day}
        defaultDate={day}
        minDate={since}
        maxDate={today}
        onChange={(to) => onChoose(to === null ? null : to.slice(0, 10))}
      />
    </Dates>
  );
}
