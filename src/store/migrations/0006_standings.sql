-- Where accounts stood on past days is read of small columns alone: health's band beside level and stage.
ALTER TABLE decision ADD COLUMN band text;
UPDATE decision SET band = decision #>> '{health,band}';
DROP INDEX decision_by_day;
CREATE INDEX decision_by_day ON decision (bucket, account, day, seq) INCLUDE (level, stage, band);
