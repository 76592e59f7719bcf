-- Nearly every row changes every day: with room on its page, a new version needs no new entry in the index.
ALTER TABLE "mailbox_activity" SET (fillfactor = 60);
