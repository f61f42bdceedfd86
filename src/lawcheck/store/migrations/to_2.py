"""Version 2: evidence, reviews, confirmations, closings, whether an item asks for a review, targets, corrections."""

import json
import sqlite3

ITEMS = (
    """CREATE TABLE item_2 (
  year INTEGER NOT NULL,
  code TEXT NOT NULL,
  template TEXT NOT NULL,
  kind TEXT NOT NULL,
  level TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  weight INTEGER NOT NULL,
  section TEXT NOT NULL,
  due_from TEXT,
  standing TEXT,
  reviewed INTEGER DEFAULT '0' NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (year, code),
  FOREIGN KEY(year, template) REFERENCES checklist (year, template),
  CONSTRAINT kind_known CHECK (kind IN ('yearly', 'periodic', 'occasion', 'case')),
  CONSTRAINT level_known CHECK (level IN ('statute', 'regulation', 'rule', 'local', 'policy', 'practice')),
  CONSTRAINT weight_positive CHECK (weight > 0)
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO item_2
  SELECT year, code, template, kind, level, title_zh, title_en, weight, section, due_from, standing,
    asks_for_review(body), body
  FROM item""",
    """DROP TABLE item""",
    """ALTER TABLE item_2 RENAME TO item""",
    """CREATE TABLE case_item_2 (
  template TEXT NOT NULL,
  template_n INTEGER NOT NULL,
  code TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  weight INTEGER NOT NULL,
  reviewed INTEGER DEFAULT '0' NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (template, template_n, code),
  FOREIGN KEY(template, template_n) REFERENCES case_template (template, n)
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO case_item_2
  SELECT template, template_n, code, title_zh, title_en, weight, asks_for_review(body), body
  FROM case_item""",
    """DROP TABLE case_item""",
    """ALTER TABLE case_item_2 RENAME TO case_item""",
)
"""The tables whose columns change are made anew, for a column that is added comes to stand behind all others."""

FIGURES = (
    """CREATE TABLE figure_2 (
  year INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  place INTEGER NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  measure_zh TEXT NOT NULL,
  measure_en TEXT NOT NULL,
  adds TEXT NOT NULL,
  section TEXT NOT NULL,
  counted TEXT,
  target TEXT,
  PRIMARY KEY (year, "key"),
  FOREIGN KEY(year) REFERENCES year (year),
  CONSTRAINT adds_known CHECK (adds IN ('sum', 'last'))
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO figure_2
  SELECT year, "key", place, title_zh, title_en, measure_zh, measure_en, adds, section, counted, NULL FROM figure""",
    """CREATE TABLE figure_entry_2 (
  year INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  n INTEGER NOT NULL,
  digits TEXT NOT NULL,
  multiple TEXT NOT NULL,
  on_date TEXT,
  from_date TEXT,
  to_date TEXT,
  qualifier TEXT NOT NULL,
  unit TEXT,
  note TEXT,
  person TEXT NOT NULL,
  corrects INTEGER,
  PRIMARY KEY (year, "key", n),
  FOREIGN KEY(year, "key") REFERENCES figure (year, "key"),
  CONSTRAINT qualifier_known
    CHECK (qualifier IN ('exact', 'about', 'more-than', 'at-best', 'cumulative', 'counted', 'inferred')),
  CONSTRAINT multiple_known CHECK (multiple IN ('', '万', '亿')),
  CONSTRAINT period_has_an_end CHECK ((from_date IS NULL) OR (to_date IS NOT NULL)),
  CONSTRAINT corrects_an_earlier_one CHECK (corrects < n)
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO figure_entry_2
  SELECT year, "key", n, digits, multiple, on_date, from_date, to_date, qualifier, unit, note, person, NULL
  FROM figure_entry""",
    """DROP TABLE figure_entry""",
    """DROP TABLE figure""",
    """ALTER TABLE figure_2 RENAME TO figure""",
    """ALTER TABLE figure_entry_2 RENAME TO figure_entry""",
)
"""Figures have targets, and entries may correct others."""

NEW = (
    """CREATE TABLE evidence (
  year INTEGER NOT NULL,
  ref TEXT NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  place TEXT,
  hash TEXT,
  size INTEGER,
  dated TEXT,
  person TEXT NOT NULL,
  added_on TEXT NOT NULL,
  removed_on TEXT,
  removed_by TEXT,
  why TEXT,
  purged_on TEXT,
  PRIMARY KEY (year, ref, n),
  CONSTRAINT kind_known CHECK (kind IN ('file', 'reference', 'link', 'document')),
  CONSTRAINT files_have_a_hash CHECK ((hash IS NOT NULL) = (kind IN ('file', 'reference'))),
  CONSTRAINT files_have_a_size CHECK ((hash IS NULL) = (size IS NULL)),
  CONSTRAINT references_have_a_place CHECK ((place IS NOT NULL) = (kind = 'reference')),
  CONSTRAINT removed_by_somebody CHECK ((removed_on IS NULL) = (removed_by IS NULL)),
  CONSTRAINT removed_says_why CHECK ((removed_on IS NULL) = (why IS NULL))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE review (
  year INTEGER NOT NULL,
  ref TEXT NOT NULL,
  verdict TEXT NOT NULL,
  person TEXT NOT NULL,
  on_date TEXT NOT NULL,
  why TEXT,
  content TEXT NOT NULL,
  same_account INTEGER NOT NULL,
  PRIMARY KEY (year, ref),
  CONSTRAINT verdict_known CHECK (verdict IN ('accepted', 'returned')),
  CONSTRAINT returned_says_why CHECK ((verdict = 'returned') = (why IS NOT NULL))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE confirmation (
  year INTEGER NOT NULL,
  code TEXT NOT NULL,
  person TEXT NOT NULL,
  on_date TEXT NOT NULL,
  PRIMARY KEY (year, code),
  FOREIGN KEY(year, code) REFERENCES item (year, code)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE closing (
  year INTEGER NOT NULL,
  document TEXT NOT NULL,
  person TEXT NOT NULL,
  on_date TEXT NOT NULL,
  PRIMARY KEY (year),
  FOREIGN KEY(year) REFERENCES year (year),
  FOREIGN KEY(document) REFERENCES document (hash)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX evidence_by_hash ON evidence (hash)""",
    """CREATE TRIGGER review_by_another BEFORE INSERT ON review WHEN
  NEW.person = (SELECT done_by FROM checklist_row WHERE year = NEW.year AND ref = NEW.ref)
  OR (NEW.year = 0 AND NEW.person = (SELECT done_by FROM case_row WHERE ref = NEW.ref))
  OR EXISTS (
    SELECT 1 FROM evidence
    WHERE year = NEW.year AND ref = NEW.ref AND removed_on IS NULL AND person = NEW.person
  )
BEGIN SELECT RAISE(ABORT, 'who did it does not review it'); END""",
    """CREATE TRIGGER review_passed_to_another BEFORE UPDATE ON review WHEN
  NEW.person = (SELECT done_by FROM checklist_row WHERE year = NEW.year AND ref = NEW.ref)
  OR (NEW.year = 0 AND NEW.person = (SELECT done_by FROM case_row WHERE ref = NEW.ref))
  OR EXISTS (
    SELECT 1 FROM evidence
    WHERE year = NEW.year AND ref = NEW.ref AND removed_on IS NULL AND person = NEW.person
  )
BEGIN SELECT RAISE(ABORT, 'who did it does not review it'); END""",
    """CREATE TRIGGER checklist_row_acceptance_falls_first BEFORE UPDATE ON checklist_row
WHEN OLD.review = 'accepted' AND NEW.review = 'accepted' AND (
  NEW.state IS NOT OLD.state
  OR NEW.done_on IS NOT OLD.done_on OR NEW.done_by IS NOT OLD.done_by
  OR NEW.left_to_do IS NOT OLD.left_to_do OR NEW.why IS NOT OLD.why
)
BEGIN SELECT RAISE(ABORT, 'what was accepted has changed'); END""",
    """CREATE TRIGGER case_row_acceptance_falls_first BEFORE UPDATE ON case_row
WHEN OLD.review = 'accepted' AND NEW.review = 'accepted' AND (
  NEW.state IS NOT OLD.state
  OR NEW.done_on IS NOT OLD.done_on OR NEW.done_by IS NOT OLD.done_by
  OR NEW.left_to_do IS NOT OLD.left_to_do OR NEW.why IS NOT OLD.why
)
BEGIN SELECT RAISE(ABORT, 'what was accepted has changed'); END""",
)


def fits(connection: sqlite3.Connection) -> bool:
    """Tell whether a register is of version 1, as it says."""
    columns = connection.execute("SELECT name FROM pragma_table_info('item')").fetchall()
    return columns != [] and ("reviewed",) not in columns


def migrate(connection: sqlite3.Connection) -> None:
    """Make version 2 of version 1."""
    connection.create_function("asks_for_review", 1, _asks_for_review, deterministic=True)
    for statement in (*ITEMS, *FIGURES, *NEW):
        connection.execute(statement)


def _asks_for_review(body: str) -> int:
    return int(json.loads(body).get("review", False))
