-- Snoozing: whose touch it is has put it out of sight for a while; the touch itself stays as it was.
ALTER TABLE touch ADD COLUMN snoozed_until timestamptz;

-- A person's list of the day, and what they have done on it, in a book of any size.
CREATE INDEX touch_by_owner ON touch (owner, due) WHERE human AND status IN ('planned', 'due', 'deferred');
CREATE INDEX touch_done_by_owner ON touch (owner, done_at) WHERE human AND status = 'done';
