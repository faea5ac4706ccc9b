-- An account of which nothing but its state and decision changes is put aside in columns, ready to be moved over
-- by the database alone while all others wait. Of the others `content` holds everything.
ALTER TABLE staged_account ALTER COLUMN content DROP NOT NULL;
ALTER TABLE staged_account ADD COLUMN state json;
ALTER TABLE staged_account ADD COLUMN decision json;
ALTER TABLE staged_account ADD COLUMN facts json;
ALTER TABLE staged_account ADD COLUMN day date;
ALTER TABLE staged_account ADD COLUMN model int4;
ALTER TABLE staged_account ADD COLUMN news int8;
ALTER TABLE staged_account ADD COLUMN found_at int8;
