-- version tells what read the picture: 0 is an earlier version of the program, whose small copies are plain pixels and
-- not JPEG files. turned holds the hashes of the picture turned over, 32 bytes each.
ALTER TABLE avatar ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE avatar ADD COLUMN turned BLOB;
