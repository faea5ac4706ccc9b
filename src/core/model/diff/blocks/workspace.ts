import { allParts, daysPart, setPart, spanPart, valuePart } from "../parts.ts";
import { type BlockThings, oneThing } from "./block-things.ts";

const WEEKDAYS = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export const workspaceThings: BlockThings = ({ name, workspace }, naming) => [
  oneThing("model", "the model", allParts(valuePart("name", "its name", name, { decides: false }))),
  oneThing(
    "workspace",
    "the workspace",
    allParts(
      valuePart("timezone", "the time zone", workspace.timezone),
      valuePart("currency", "the currency", workspace.currency, { decides: false }),
      valuePart("holidays", "the public holidays", workspace.holidays),
      spanPart("working_hours", "the working hours", workspace.workingHours),
      setPart(
        "working_days",
        "the working days",
        workspace.workingDays.map((day) => WEEKDAYS[day] ?? ""),
      ),
      daysPart("plan_ahead", "how far ahead touches are made", workspace.planAhead),
      valuePart(
        "revenue",
        "the fact shown as revenue",
        workspace.revenue && naming.thing("facts", workspace.revenue),
        { decides: false },
      ),
      valuePart(
        "renewal",
        "the fact shown as renewal",
        workspace.renewal && naming.thing("facts", workspace.renewal),
        { decides: false },
      ),
    ),
  ),
];
