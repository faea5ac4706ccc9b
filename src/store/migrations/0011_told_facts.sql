-- What a plan reads of the whole book: values of the latest decision's facts, then of its built-ins, in their
-- order and without their names. A decision itself is three kilobytes, packed away from its row.
ALTER TABLE account_state ADD COLUMN facts json;
UPDATE account_state SET facts = (SELECT json_agg(f.value ORDER BY f.part, f.place)
  FROM (SELECT 1 AS part, ordinality AS place, value FROM json_each(decision -> 'facts') WITH ORDINALITY
    UNION ALL
    SELECT 2, ordinality, value FROM json_each(decision -> 'built_ins') WITH ORDINALITY) f)
WHERE decision IS NOT NULL;
