-- Owners: who looks after an account, said by people here or by the CRM it comes from.

-- Its owner was given to it here; the same word of an import that was there before does not undo it.
ALTER TABLE account ADD COLUMN owner_by_hand bool NOT NULL DEFAULT false;
-- With owner_by_hand: what the imports had said last; null: nobody.
ALTER TABLE account ADD COLUMN owner_said text COLLATE "C";
