"""SQL for SQLite, generated from `tables.py` and `statements.py` by `tools/generate.py`: do not edit."""

SCHEMA = (
    """CREATE TABLE register (
  one INTEGER NOT NULL,
  id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (one),
  CONSTRAINT one_register CHECK (one = 1)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE entry (
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  person TEXT NOT NULL,
  os_user TEXT NOT NULL,
  host TEXT NOT NULL,
  command TEXT NOT NULL,
  version INTEGER NOT NULL,
  today TEXT,
  payload TEXT,
  salt TEXT,
  payload_hash TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (seq),
  CONSTRAINT redacted_whole CHECK ((payload IS NULL) = (salt IS NULL)),
  CONSTRAINT hashes CHECK (length(payload_hash) = 64 AND length(hash) = 64)
)
 STRICT""",
    """CREATE TABLE touched (
  "key" TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY ("key", seq)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE document (
  hash TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (hash)
)
 STRICT""",
    """CREATE TABLE bureau (
  one INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (one),
  CONSTRAINT one_bureau CHECK (one = 1),
  FOREIGN KEY(document) REFERENCES document (hash)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE holiday_year (
  year INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (year),
  FOREIGN KEY(document) REFERENCES document (hash)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE year (
  year INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (year),
  CONSTRAINT state_known CHECK (state IN ('open', 'closed'))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE checklist (
  year INTEGER NOT NULL,
  template TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (year, template),
  FOREIGN KEY(year) REFERENCES year (year),
  FOREIGN KEY(document) REFERENCES document (hash)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE item (
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
    """CREATE TABLE checklist_row (
  year INTEGER NOT NULL,
  ref TEXT NOT NULL,
  code TEXT NOT NULL,
  unit TEXT NOT NULL,
  period TEXT,
  occasion INTEGER,
  happening TEXT,
  begins TEXT NOT NULL,
  due TEXT,
  state TEXT NOT NULL,
  left_to_do TEXT,
  why TEXT,
  done_on TEXT,
  done_by TEXT,
  recorded_on TEXT,
  assignee TEXT,
  review TEXT NOT NULL,
  provisional INTEGER NOT NULL,
  reckoning TEXT,
  PRIMARY KEY (year, ref),
  FOREIGN KEY(year, code) REFERENCES item (year, code),
  CONSTRAINT state_known CHECK (state IN ('open', 'partial', 'done', 'na')),
  CONSTRAINT review_known CHECK (review IN ('none', 'accepted', 'returned')),
  CONSTRAINT done_by_somebody CHECK (state <> 'done' OR done_by IS NOT NULL),
  CONSTRAINT day_only_when_done CHECK (done_on IS NULL OR state = 'done'),
  CONSTRAINT partial_says_what_is_left CHECK ((state = 'partial') = (left_to_do IS NOT NULL)),
  CONSTRAINT na_says_why CHECK ((state = 'na') = (why IS NOT NULL)),
  CONSTRAINT occasion_says_what_happened CHECK ((occasion IS NULL) = (happening IS NULL))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE note (
  year INTEGER NOT NULL,
  ref TEXT NOT NULL,
  n INTEGER NOT NULL,
  text TEXT NOT NULL,
  person TEXT NOT NULL,
  on_date TEXT NOT NULL,
  PRIMARY KEY (year, ref, n),
  FOREIGN KEY(year) REFERENCES year (year)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE figure (
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
    """CREATE TABLE figure_entry (
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
  CONSTRAINT qualifier_known CHECK (qualifier IN ('exact', 'about', 'more-than', 'at-best', 'cumulative', 'counted', 'inferred')),
  CONSTRAINT multiple_known CHECK (multiple IN ('', '万', '亿')),
  CONSTRAINT period_has_an_end CHECK ((from_date IS NULL) OR (to_date IS NOT NULL)),
  CONSTRAINT corrects_an_earlier_one CHECK (corrects < n)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE case_template (
  template TEXT NOT NULL,
  n INTEGER NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (template, n),
  FOREIGN KEY(document) REFERENCES document (hash)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE case_item (
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
    """CREATE TABLE case_file (
  ref TEXT NOT NULL,
  template TEXT NOT NULL,
  template_n INTEGER NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  unit TEXT NOT NULL,
  opened_on TEXT NOT NULL,
  facts TEXT NOT NULL,
  state TEXT NOT NULL,
  closed_on TEXT,
  PRIMARY KEY (ref),
  FOREIGN KEY(template, template_n) REFERENCES case_template (template, n),
  CONSTRAINT state_known CHECK (state IN ('open', 'closed')),
  CONSTRAINT closed_on_a_day CHECK ((state = 'closed') = (closed_on IS NOT NULL))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE case_milestone (
  ref TEXT NOT NULL,
  name TEXT NOT NULL,
  n INTEGER NOT NULL,
  at TEXT NOT NULL,
  party TEXT,
  derived INTEGER NOT NULL,
  why TEXT,
  PRIMARY KEY (ref, name, n),
  FOREIGN KEY(ref) REFERENCES case_file (ref)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE case_pause (
  ref TEXT NOT NULL,
  n INTEGER NOT NULL,
  reason TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT,
  PRIMARY KEY (ref, n),
  FOREIGN KEY(ref) REFERENCES case_file (ref)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE case_extension (
  ref TEXT NOT NULL,
  n INTEGER NOT NULL,
  code TEXT NOT NULL,
  row_n INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  approved_on TEXT NOT NULL,
  approval TEXT NOT NULL,
  PRIMARY KEY (ref, n),
  FOREIGN KEY(ref) REFERENCES case_file (ref)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE case_row (
  ref TEXT NOT NULL,
  case_ref TEXT NOT NULL,
  template_n INTEGER NOT NULL,
  code TEXT NOT NULL,
  n INTEGER NOT NULL,
  unit TEXT NOT NULL,
  begins TEXT NOT NULL,
  due TEXT,
  due_time TEXT,
  earliest TEXT,
  target TEXT,
  provisional INTEGER NOT NULL,
  reckoning TEXT,
  rule INTEGER,
  choice TEXT,
  state TEXT NOT NULL,
  left_to_do TEXT,
  why TEXT,
  done_on TEXT,
  done_time TEXT,
  done_by TEXT,
  recorded_on TEXT,
  assignee TEXT,
  review TEXT NOT NULL,
  PRIMARY KEY (ref),
  FOREIGN KEY(case_ref) REFERENCES case_file (ref),
  CONSTRAINT state_known CHECK (state IN ('open', 'partial', 'done', 'na')),
  CONSTRAINT review_known CHECK (review IN ('none', 'accepted', 'returned')),
  CONSTRAINT done_by_somebody CHECK (state <> 'done' OR done_by IS NOT NULL),
  CONSTRAINT day_only_when_done CHECK (done_on IS NULL OR state = 'done'),
  CONSTRAINT partial_says_what_is_left CHECK ((state = 'partial') = (left_to_do IS NOT NULL)),
  CONSTRAINT na_says_why CHECK ((state = 'na') = (why IS NOT NULL))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE case_note (
  ref TEXT NOT NULL,
  n INTEGER NOT NULL,
  text TEXT NOT NULL,
  person TEXT NOT NULL,
  on_date TEXT NOT NULL,
  PRIMARY KEY (ref, n)
)
 WITHOUT ROWID,
 STRICT""",
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
    """CREATE INDEX returned_by_due ON checklist_row (year, due, ref) WHERE review = 'returned'""",
    """CREATE INDEX unfinished_by_due ON checklist_row (year, due, ref, begins) WHERE state IN ('open', 'partial')""",
    """CREATE INDEX case_by_number ON case_file (template, number)""",
    """CREATE INDEX open_cases ON case_file (state, template, ref)""",
    """CREATE INDEX milestones_by_day ON case_milestone (name, at, ref)""",
    """CREATE INDEX returned_case_rows ON case_row (due, ref) WHERE review = 'returned'""",
    """CREATE INDEX unfinished_case_rows ON case_row (due, ref, begins) WHERE state IN ('open', 'partial')""",
    """CREATE INDEX evidence_by_hash ON evidence (hash)""",
    """CREATE TRIGGER entry_only_redacted BEFORE UPDATE ON entry
WHEN NOT (NEW.payload IS NULL AND NEW.salt IS NULL AND OLD.payload IS NOT NULL
  AND NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.person = OLD.person AND NEW.os_user = OLD.os_user
  AND NEW.host = OLD.host AND NEW.command = OLD.command AND NEW.version = OLD.version AND NEW.today IS OLD.today
  AND NEW.payload_hash = OLD.payload_hash AND NEW.prev = OLD.prev AND NEW.hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER entry_in_sequence BEFORE INSERT ON entry
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END""",
    """CREATE TRIGGER document_never_changed BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'frozen copies never change'); END""",
    """CREATE TRIGGER document_never_deleted BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'frozen copies never change'); END""",
    """CREATE TRIGGER review_by_another BEFORE INSERT ON review WHEN NEW.person = (SELECT done_by FROM checklist_row WHERE year = NEW.year AND ref = NEW.ref)
  OR (NEW.year = 0 AND NEW.person = (SELECT done_by FROM case_row WHERE ref = NEW.ref))
  OR EXISTS (
    SELECT 1 FROM evidence
    WHERE year = NEW.year AND ref = NEW.ref AND removed_on IS NULL AND person = NEW.person
  )
BEGIN SELECT RAISE(ABORT, 'who did it does not review it'); END""",
    """CREATE TRIGGER review_passed_to_another BEFORE UPDATE ON review WHEN NEW.person = (SELECT done_by FROM checklist_row WHERE year = NEW.year AND ref = NEW.ref)
  OR (NEW.year = 0 AND NEW.person = (SELECT done_by FROM case_row WHERE ref = NEW.ref))
  OR EXISTS (
    SELECT 1 FROM evidence
    WHERE year = NEW.year AND ref = NEW.ref AND removed_on IS NULL AND person = NEW.person
  )
BEGIN SELECT RAISE(ABORT, 'who did it does not review it'); END""",
    """CREATE TRIGGER checklist_row_acceptance_falls_first BEFORE UPDATE ON checklist_row
WHEN OLD.review = 'accepted' AND NEW.review = 'accepted' AND (NEW.state IS NOT OLD.state OR NEW.done_on IS NOT OLD.done_on OR NEW.done_by IS NOT OLD.done_by OR NEW.left_to_do IS NOT OLD.left_to_do OR NEW.why IS NOT OLD.why)
BEGIN SELECT RAISE(ABORT, 'what was accepted has changed'); END""",
    """CREATE TRIGGER case_row_acceptance_falls_first BEFORE UPDATE ON case_row
WHEN OLD.review = 'accepted' AND NEW.review = 'accepted' AND (NEW.state IS NOT OLD.state OR NEW.done_on IS NOT OLD.done_on OR NEW.done_by IS NOT OLD.done_by OR NEW.left_to_do IS NOT OLD.left_to_do OR NEW.why IS NOT OLD.why)
BEGIN SELECT RAISE(ABORT, 'what was accepted has changed'); END""",
)

REGISTER_INSERT = """INSERT INTO register (one, id, created_at) VALUES (:one, :id, :created_at)
"""

REGISTER_GET = """SELECT register.id, register.created_at
FROM register
WHERE register.one = :key_one
"""

REGISTER_ALL = """SELECT register.one, register.id, register.created_at
FROM register ORDER BY register.one
"""

TOUCHED_INSERT = """INSERT INTO touched ("key", seq) VALUES (:key, :seq)
"""

TOUCHED_GET = """SELECT touched."key", touched.seq
FROM touched
WHERE touched."key" = :key_key AND touched.seq = :key_seq
"""

TOUCHED_ALL = """SELECT touched."key", touched.seq
FROM touched ORDER BY touched."key", touched.seq
"""

DOCUMENT_INSERT = """INSERT INTO document (hash, body) VALUES (:hash, :body)
"""

DOCUMENT_GET = """SELECT document.body
FROM document
WHERE document.hash = :key_hash
"""

DOCUMENT_ALL = """SELECT document.hash, document.body
FROM document ORDER BY document.hash
"""

BUREAU_INSERT = """INSERT INTO bureau (one, document) VALUES (:one, :document)
"""

BUREAU_GET = """SELECT bureau.document
FROM bureau
WHERE bureau.one = :key_one
"""

BUREAU_UPDATE = """UPDATE bureau SET document=:document WHERE bureau.one = :key_one
"""

BUREAU_DELETE = """DELETE FROM bureau WHERE bureau.one = :key_one
"""

BUREAU_ALL = """SELECT bureau.one, bureau.document
FROM bureau ORDER BY bureau.one
"""

HOLIDAY_YEAR_INSERT = """INSERT INTO holiday_year (year, document) VALUES (:year, :document)
"""

HOLIDAY_YEAR_GET = """SELECT holiday_year.document
FROM holiday_year
WHERE holiday_year.year = :key_year
"""

HOLIDAY_YEAR_UPDATE = """UPDATE holiday_year SET document=:document WHERE holiday_year.year = :key_year
"""

HOLIDAY_YEAR_DELETE = """DELETE FROM holiday_year WHERE holiday_year.year = :key_year
"""

HOLIDAY_YEAR_ALL = """SELECT holiday_year.year, holiday_year.document
FROM holiday_year ORDER BY holiday_year.year
"""

YEAR_INSERT = """INSERT INTO year (year, state) VALUES (:year, :state)
"""

YEAR_GET = """SELECT year.state
FROM year
WHERE year.year = :key_year
"""

YEAR_UPDATE = """UPDATE year SET state=:state WHERE year.year = :key_year
"""

YEAR_DELETE = """DELETE FROM year WHERE year.year = :key_year
"""

YEAR_ALL = """SELECT year.year, year.state
FROM year ORDER BY year.year
"""

CHECKLIST_INSERT = """INSERT INTO checklist (year, template, title_zh, title_en, document) VALUES (:year, :template, :title_zh, :title_en, :document)
"""

CHECKLIST_GET = """SELECT checklist.title_zh, checklist.title_en, checklist.document
FROM checklist
WHERE checklist.year = :key_year AND checklist.template = :key_template
"""

CHECKLIST_UPDATE = """UPDATE checklist SET title_zh=:title_zh, title_en=:title_en, document=:document WHERE checklist.year = :key_year AND checklist.template = :key_template
"""

CHECKLIST_DELETE = """DELETE FROM checklist WHERE checklist.year = :key_year AND checklist.template = :key_template
"""

CHECKLIST_ALL = """SELECT checklist.year, checklist.template, checklist.title_zh, checklist.title_en, checklist.document
FROM checklist ORDER BY checklist.year, checklist.template
"""

ITEM_INSERT = """INSERT INTO item (year, code, template, kind, level, title_zh, title_en, weight, section, due_from, standing, reviewed, body) VALUES (:year, :code, :template, :kind, :level, :title_zh, :title_en, :weight, :section, :due_from, :standing, :reviewed, :body)
"""

ITEM_GET = """SELECT item.template, item.kind, item.level, item.title_zh, item.title_en, item.weight, item.section, item.due_from, item.standing, item.reviewed, item.body
FROM item
WHERE item.year = :key_year AND item.code = :key_code
"""

ITEM_UPDATE = """UPDATE item SET template=:template, kind=:kind, level=:level, title_zh=:title_zh, title_en=:title_en, weight=:weight, section=:section, due_from=:due_from, standing=:standing, reviewed=:reviewed, body=:body WHERE item.year = :key_year AND item.code = :key_code
"""

ITEM_DELETE = """DELETE FROM item WHERE item.year = :key_year AND item.code = :key_code
"""

ITEM_ALL = """SELECT item.year, item.code, item.template, item.kind, item.level, item.title_zh, item.title_en, item.weight, item.section, item.due_from, item.standing, item.reviewed, item.body
FROM item ORDER BY item.year, item.code
"""

CHECKLIST_ROW_INSERT = """INSERT INTO checklist_row (year, ref, code, unit, period, occasion, happening, begins, due, state, left_to_do, why, done_on, done_by, recorded_on, assignee, review, provisional, reckoning) VALUES (:year, :ref, :code, :unit, :period, :occasion, :happening, :begins, :due, :state, :left_to_do, :why, :done_on, :done_by, :recorded_on, :assignee, :review, :provisional, :reckoning)
"""

CHECKLIST_ROW_GET = """SELECT checklist_row.code, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.happening, checklist_row.begins, checklist_row.due, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row
WHERE checklist_row.year = :key_year AND checklist_row.ref = :key_ref
"""

CHECKLIST_ROW_UPDATE = """UPDATE checklist_row SET code=:code, unit=:unit, period=:period, occasion=:occasion, happening=:happening, begins=:begins, due=:due, state=:state, left_to_do=:left_to_do, why=:why, done_on=:done_on, done_by=:done_by, recorded_on=:recorded_on, assignee=:assignee, review=:review, provisional=:provisional, reckoning=:reckoning WHERE checklist_row.year = :key_year AND checklist_row.ref = :key_ref
"""

CHECKLIST_ROW_DELETE = """DELETE FROM checklist_row WHERE checklist_row.year = :key_year AND checklist_row.ref = :key_ref
"""

CHECKLIST_ROW_ALL = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.happening, checklist_row.begins, checklist_row.due, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row ORDER BY checklist_row.year, checklist_row.ref
"""

NOTE_INSERT = """INSERT INTO note (year, ref, n, text, person, on_date) VALUES (:year, :ref, :n, :text, :person, :on_date)
"""

NOTE_GET = """SELECT note.text, note.person, note.on_date
FROM note
WHERE note.year = :key_year AND note.ref = :key_ref AND note.n = :key_n
"""

NOTE_UPDATE = """UPDATE note SET text=:text, person=:person, on_date=:on_date WHERE note.year = :key_year AND note.ref = :key_ref AND note.n = :key_n
"""

NOTE_DELETE = """DELETE FROM note WHERE note.year = :key_year AND note.ref = :key_ref AND note.n = :key_n
"""

NOTE_ALL = """SELECT note.year, note.ref, note.n, note.text, note.person, note.on_date
FROM note ORDER BY note.year, note.ref, note.n
"""

FIGURE_INSERT = """INSERT INTO figure (year, "key", place, title_zh, title_en, measure_zh, measure_en, adds, section, counted, target) VALUES (:year, :key, :place, :title_zh, :title_en, :measure_zh, :measure_en, :adds, :section, :counted, :target)
"""

FIGURE_GET = """SELECT figure.place, figure.title_zh, figure.title_en, figure.measure_zh, figure.measure_en, figure.adds, figure.section, figure.counted, figure.target
FROM figure
WHERE figure.year = :key_year AND figure."key" = :key_key
"""

FIGURE_UPDATE = """UPDATE figure SET place=:place, title_zh=:title_zh, title_en=:title_en, measure_zh=:measure_zh, measure_en=:measure_en, adds=:adds, section=:section, counted=:counted, target=:target WHERE figure.year = :key_year AND figure."key" = :key_key
"""

FIGURE_DELETE = """DELETE FROM figure WHERE figure.year = :key_year AND figure."key" = :key_key
"""

FIGURE_ALL = """SELECT figure.year, figure."key", figure.place, figure.title_zh, figure.title_en, figure.measure_zh, figure.measure_en, figure.adds, figure.section, figure.counted, figure.target
FROM figure ORDER BY figure.year, figure."key"
"""

FIGURE_ENTRY_INSERT = """INSERT INTO figure_entry (year, "key", n, digits, multiple, on_date, from_date, to_date, qualifier, unit, note, person, corrects) VALUES (:year, :key, :n, :digits, :multiple, :on_date, :from_date, :to_date, :qualifier, :unit, :note, :person, :corrects)
"""

FIGURE_ENTRY_GET = """SELECT figure_entry.digits, figure_entry.multiple, figure_entry.on_date, figure_entry.from_date, figure_entry.to_date, figure_entry.qualifier, figure_entry.unit, figure_entry.note, figure_entry.person, figure_entry.corrects
FROM figure_entry
WHERE figure_entry.year = :key_year AND figure_entry."key" = :key_key AND figure_entry.n = :key_n
"""

FIGURE_ENTRY_UPDATE = """UPDATE figure_entry SET digits=:digits, multiple=:multiple, on_date=:on_date, from_date=:from_date, to_date=:to_date, qualifier=:qualifier, unit=:unit, note=:note, person=:person, corrects=:corrects WHERE figure_entry.year = :key_year AND figure_entry."key" = :key_key AND figure_entry.n = :key_n
"""

FIGURE_ENTRY_DELETE = """DELETE FROM figure_entry WHERE figure_entry.year = :key_year AND figure_entry."key" = :key_key AND figure_entry.n = :key_n
"""

FIGURE_ENTRY_ALL = """SELECT figure_entry.year, figure_entry."key", figure_entry.n, figure_entry.digits, figure_entry.multiple, figure_entry.on_date, figure_entry.from_date, figure_entry.to_date, figure_entry.qualifier, figure_entry.unit, figure_entry.note, figure_entry.person, figure_entry.corrects
FROM figure_entry ORDER BY figure_entry.year, figure_entry."key", figure_entry.n
"""

CASE_TEMPLATE_INSERT = """INSERT INTO case_template (template, n, title_zh, title_en, document) VALUES (:template, :n, :title_zh, :title_en, :document)
"""

CASE_TEMPLATE_GET = """SELECT case_template.title_zh, case_template.title_en, case_template.document
FROM case_template
WHERE case_template.template = :key_template AND case_template.n = :key_n
"""

CASE_TEMPLATE_UPDATE = """UPDATE case_template SET title_zh=:title_zh, title_en=:title_en, document=:document WHERE case_template.template = :key_template AND case_template.n = :key_n
"""

CASE_TEMPLATE_DELETE = """DELETE FROM case_template WHERE case_template.template = :key_template AND case_template.n = :key_n
"""

CASE_TEMPLATE_ALL = """SELECT case_template.template, case_template.n, case_template.title_zh, case_template.title_en, case_template.document
FROM case_template ORDER BY case_template.template, case_template.n
"""

CASE_ITEM_INSERT = """INSERT INTO case_item (template, template_n, code, title_zh, title_en, weight, reviewed, body) VALUES (:template, :template_n, :code, :title_zh, :title_en, :weight, :reviewed, :body)
"""

CASE_ITEM_GET = """SELECT case_item.title_zh, case_item.title_en, case_item.weight, case_item.reviewed, case_item.body
FROM case_item
WHERE case_item.template = :key_template AND case_item.template_n = :key_template_n AND case_item.code = :key_code
"""

CASE_ITEM_UPDATE = """UPDATE case_item SET title_zh=:title_zh, title_en=:title_en, weight=:weight, reviewed=:reviewed, body=:body WHERE case_item.template = :key_template AND case_item.template_n = :key_template_n AND case_item.code = :key_code
"""

CASE_ITEM_DELETE = """DELETE FROM case_item WHERE case_item.template = :key_template AND case_item.template_n = :key_template_n AND case_item.code = :key_code
"""

CASE_ITEM_ALL = """SELECT case_item.template, case_item.template_n, case_item.code, case_item.title_zh, case_item.title_en, case_item.weight, case_item.reviewed, case_item.body
FROM case_item ORDER BY case_item.template, case_item.template_n, case_item.code
"""

CASE_FILE_INSERT = """INSERT INTO case_file (ref, template, template_n, number, title, unit, opened_on, facts, state, closed_on) VALUES (:ref, :template, :template_n, :number, :title, :unit, :opened_on, :facts, :state, :closed_on)
"""

CASE_FILE_GET = """SELECT case_file.template, case_file.template_n, case_file.number, case_file.title, case_file.unit, case_file.opened_on, case_file.facts, case_file.state, case_file.closed_on
FROM case_file
WHERE case_file.ref = :key_ref
"""

CASE_FILE_UPDATE = """UPDATE case_file SET template=:template, template_n=:template_n, number=:number, title=:title, unit=:unit, opened_on=:opened_on, facts=:facts, state=:state, closed_on=:closed_on WHERE case_file.ref = :key_ref
"""

CASE_FILE_DELETE = """DELETE FROM case_file WHERE case_file.ref = :key_ref
"""

CASE_FILE_ALL = """SELECT case_file.ref, case_file.template, case_file.template_n, case_file.number, case_file.title, case_file.unit, case_file.opened_on, case_file.facts, case_file.state, case_file.closed_on
FROM case_file ORDER BY case_file.ref
"""

CASE_MILESTONE_INSERT = """INSERT INTO case_milestone (ref, name, n, at, party, derived, why) VALUES (:ref, :name, :n, :at, :party, :derived, :why)
"""

CASE_MILESTONE_GET = """SELECT case_milestone.at, case_milestone.party, case_milestone.derived, case_milestone.why
FROM case_milestone
WHERE case_milestone.ref = :key_ref AND case_milestone.name = :key_name AND case_milestone.n = :key_n
"""

CASE_MILESTONE_UPDATE = """UPDATE case_milestone SET at=:at, party=:party, derived=:derived, why=:why WHERE case_milestone.ref = :key_ref AND case_milestone.name = :key_name AND case_milestone.n = :key_n
"""

CASE_MILESTONE_DELETE = """DELETE FROM case_milestone WHERE case_milestone.ref = :key_ref AND case_milestone.name = :key_name AND case_milestone.n = :key_n
"""

CASE_MILESTONE_ALL = """SELECT case_milestone.ref, case_milestone.name, case_milestone.n, case_milestone.at, case_milestone.party, case_milestone.derived, case_milestone.why
FROM case_milestone ORDER BY case_milestone.ref, case_milestone.name, case_milestone.n
"""

CASE_PAUSE_INSERT = """INSERT INTO case_pause (ref, n, reason, since, until) VALUES (:ref, :n, :reason, :since, :until)
"""

CASE_PAUSE_GET = """SELECT case_pause.reason, case_pause.since, case_pause.until
FROM case_pause
WHERE case_pause.ref = :key_ref AND case_pause.n = :key_n
"""

CASE_PAUSE_UPDATE = """UPDATE case_pause SET reason=:reason, since=:since, until=:until WHERE case_pause.ref = :key_ref AND case_pause.n = :key_n
"""

CASE_PAUSE_DELETE = """DELETE FROM case_pause WHERE case_pause.ref = :key_ref AND case_pause.n = :key_n
"""

CASE_PAUSE_ALL = """SELECT case_pause.ref, case_pause.n, case_pause.reason, case_pause.since, case_pause.until
FROM case_pause ORDER BY case_pause.ref, case_pause.n
"""

CASE_EXTENSION_INSERT = """INSERT INTO case_extension (ref, n, code, row_n, amount, approved_on, approval) VALUES (:ref, :n, :code, :row_n, :amount, :approved_on, :approval)
"""

CASE_EXTENSION_GET = """SELECT case_extension.code, case_extension.row_n, case_extension.amount, case_extension.approved_on, case_extension.approval
FROM case_extension
WHERE case_extension.ref = :key_ref AND case_extension.n = :key_n
"""

CASE_EXTENSION_UPDATE = """UPDATE case_extension SET code=:code, row_n=:row_n, amount=:amount, approved_on=:approved_on, approval=:approval WHERE case_extension.ref = :key_ref AND case_extension.n = :key_n
"""

CASE_EXTENSION_DELETE = """DELETE FROM case_extension WHERE case_extension.ref = :key_ref AND case_extension.n = :key_n
"""

CASE_EXTENSION_ALL = """SELECT case_extension.ref, case_extension.n, case_extension.code, case_extension.row_n, case_extension.amount, case_extension.approved_on, case_extension.approval
FROM case_extension ORDER BY case_extension.ref, case_extension.n
"""

CASE_ROW_INSERT = """INSERT INTO case_row (ref, case_ref, template_n, code, n, unit, begins, due, due_time, earliest, target, provisional, reckoning, rule, choice, state, left_to_do, why, done_on, done_time, done_by, recorded_on, assignee, review) VALUES (:ref, :case_ref, :template_n, :code, :n, :unit, :begins, :due, :due_time, :earliest, :target, :provisional, :reckoning, :rule, :choice, :state, :left_to_do, :why, :done_on, :done_time, :done_by, :recorded_on, :assignee, :review)
"""

CASE_ROW_GET = """SELECT case_row.case_ref, case_row.template_n, case_row.code, case_row.n, case_row.unit, case_row.begins, case_row.due, case_row.due_time, case_row.earliest, case_row.target, case_row.provisional, case_row.reckoning, case_row.rule, case_row.choice, case_row.state, case_row.left_to_do, case_row.why, case_row.done_on, case_row.done_time, case_row.done_by, case_row.recorded_on, case_row.assignee, case_row.review
FROM case_row
WHERE case_row.ref = :key_ref
"""

CASE_ROW_UPDATE = """UPDATE case_row SET case_ref=:case_ref, template_n=:template_n, code=:code, n=:n, unit=:unit, begins=:begins, due=:due, due_time=:due_time, earliest=:earliest, target=:target, provisional=:provisional, reckoning=:reckoning, rule=:rule, choice=:choice, state=:state, left_to_do=:left_to_do, why=:why, done_on=:done_on, done_time=:done_time, done_by=:done_by, recorded_on=:recorded_on, assignee=:assignee, review=:review WHERE case_row.ref = :key_ref
"""

CASE_ROW_DELETE = """DELETE FROM case_row WHERE case_row.ref = :key_ref
"""

CASE_ROW_ALL = """SELECT case_row.ref, case_row.case_ref, case_row.template_n, case_row.code, case_row.n, case_row.unit, case_row.begins, case_row.due, case_row.due_time, case_row.earliest, case_row.target, case_row.provisional, case_row.reckoning, case_row.rule, case_row.choice, case_row.state, case_row.left_to_do, case_row.why, case_row.done_on, case_row.done_time, case_row.done_by, case_row.recorded_on, case_row.assignee, case_row.review
FROM case_row ORDER BY case_row.ref
"""

CASE_NOTE_INSERT = """INSERT INTO case_note (ref, n, text, person, on_date) VALUES (:ref, :n, :text, :person, :on_date)
"""

CASE_NOTE_GET = """SELECT case_note.text, case_note.person, case_note.on_date
FROM case_note
WHERE case_note.ref = :key_ref AND case_note.n = :key_n
"""

CASE_NOTE_UPDATE = """UPDATE case_note SET text=:text, person=:person, on_date=:on_date WHERE case_note.ref = :key_ref AND case_note.n = :key_n
"""

CASE_NOTE_DELETE = """DELETE FROM case_note WHERE case_note.ref = :key_ref AND case_note.n = :key_n
"""

CASE_NOTE_ALL = """SELECT case_note.ref, case_note.n, case_note.text, case_note.person, case_note.on_date
FROM case_note ORDER BY case_note.ref, case_note.n
"""

EVIDENCE_INSERT = """INSERT INTO evidence (year, ref, n, kind, name, place, hash, size, dated, person, added_on, removed_on, removed_by, why, purged_on) VALUES (:year, :ref, :n, :kind, :name, :place, :hash, :size, :dated, :person, :added_on, :removed_on, :removed_by, :why, :purged_on)
"""

EVIDENCE_GET = """SELECT evidence.kind, evidence.name, evidence.place, evidence.hash, evidence.size, evidence.dated, evidence.person, evidence.added_on, evidence.removed_on, evidence.removed_by, evidence.why, evidence.purged_on
FROM evidence
WHERE evidence.year = :key_year AND evidence.ref = :key_ref AND evidence.n = :key_n
"""

EVIDENCE_UPDATE = """UPDATE evidence SET kind=:kind, name=:name, place=:place, hash=:hash, size=:size, dated=:dated, person=:person, added_on=:added_on, removed_on=:removed_on, removed_by=:removed_by, why=:why, purged_on=:purged_on WHERE evidence.year = :key_year AND evidence.ref = :key_ref AND evidence.n = :key_n
"""

EVIDENCE_DELETE = """DELETE FROM evidence WHERE evidence.year = :key_year AND evidence.ref = :key_ref AND evidence.n = :key_n
"""

EVIDENCE_ALL = """SELECT evidence.year, evidence.ref, evidence.n, evidence.kind, evidence.name, evidence.place, evidence.hash, evidence.size, evidence.dated, evidence.person, evidence.added_on, evidence.removed_on, evidence.removed_by, evidence.why, evidence.purged_on
FROM evidence ORDER BY evidence.year, evidence.ref, evidence.n
"""

REVIEW_INSERT = """INSERT INTO review (year, ref, verdict, person, on_date, why, content, same_account) VALUES (:year, :ref, :verdict, :person, :on_date, :why, :content, :same_account)
"""

REVIEW_GET = """SELECT review.verdict, review.person, review.on_date, review.why, review.content, review.same_account
FROM review
WHERE review.year = :key_year AND review.ref = :key_ref
"""

REVIEW_UPDATE = """UPDATE review SET verdict=:verdict, person=:person, on_date=:on_date, why=:why, content=:content, same_account=:same_account WHERE review.year = :key_year AND review.ref = :key_ref
"""

REVIEW_DELETE = """DELETE FROM review WHERE review.year = :key_year AND review.ref = :key_ref
"""

REVIEW_ALL = """SELECT review.year, review.ref, review.verdict, review.person, review.on_date, review.why, review.content, review.same_account
FROM review ORDER BY review.year, review.ref
"""

CONFIRMATION_INSERT = """INSERT INTO confirmation (year, code, person, on_date) VALUES (:year, :code, :person, :on_date)
"""

CONFIRMATION_GET = """SELECT confirmation.person, confirmation.on_date
FROM confirmation
WHERE confirmation.year = :key_year AND confirmation.code = :key_code
"""

CONFIRMATION_UPDATE = """UPDATE confirmation SET person=:person, on_date=:on_date WHERE confirmation.year = :key_year AND confirmation.code = :key_code
"""

CONFIRMATION_DELETE = """DELETE FROM confirmation WHERE confirmation.year = :key_year AND confirmation.code = :key_code
"""

CONFIRMATION_ALL = """SELECT confirmation.year, confirmation.code, confirmation.person, confirmation.on_date
FROM confirmation ORDER BY confirmation.year, confirmation.code
"""

CLOSING_INSERT = """INSERT INTO closing (year, document, person, on_date) VALUES (:year, :document, :person, :on_date)
"""

CLOSING_GET = """SELECT closing.document, closing.person, closing.on_date
FROM closing
WHERE closing.year = :key_year
"""

CLOSING_UPDATE = """UPDATE closing SET document=:document, person=:person, on_date=:on_date WHERE closing.year = :key_year
"""

CLOSING_DELETE = """DELETE FROM closing WHERE closing.year = :key_year
"""

CLOSING_ALL = """SELECT closing.year, closing.document, closing.person, closing.on_date
FROM closing ORDER BY closing.year
"""

HOLIDAY_YEAR_DOCUMENTS = """SELECT holiday_year.year, document.body
FROM holiday_year, document
WHERE document.hash = holiday_year.document ORDER BY holiday_year.year
"""

REGISTER_BEGIN = """UPDATE register SET created_at=:created_at
"""

ENTRY_INSERT = """INSERT INTO entry (seq, at, person, os_user, host, command, version, today, payload, salt, payload_hash, prev, hash) VALUES (:seq, :at, :person, :os_user, :host, :command, :version, :today, :payload, :salt, :payload_hash, :prev, :hash)
"""

ENTRY_HEAD = """SELECT entry.seq, entry.hash
FROM entry ORDER BY entry.seq DESC
 LIMIT 1 OFFSET 0
"""

ENTRY_ALL = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, entry.payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry ORDER BY entry.seq
"""

ENTRY_REDACTING = """SELECT entry.seq, entry.payload
FROM entry
WHERE entry.version = 2 ORDER BY entry.seq DESC
"""

REDACTING_SEQS = """SELECT entry.seq
FROM entry
WHERE entry.version = 2 AND entry.payload IS NOT NULL ORDER BY entry.seq DESC
"""

ENTRY_ONE = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, entry.payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry
WHERE entry.seq = :seq
"""

ENTRY_BLANK = """UPDATE entry SET payload=NULL, salt=NULL WHERE entry.seq = :key_seq AND entry.payload IS NOT NULL
"""

ENTRY_AT = """SELECT entry.hash, entry.person
FROM entry
WHERE entry.seq = :seq
"""

ENTRY_AFTER = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, entry.payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry
WHERE entry.seq > :seq ORDER BY entry.seq
"""

ENTRY_COLLECTED = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, entry.payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry
WHERE entry.seq > :seq AND (entry.command = 'undo' OR entry.command LIKE 'collect %') ORDER BY entry.seq
"""

ENTRY_LATEST = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, entry.payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry ORDER BY entry.seq DESC
 LIMIT :most OFFSET 0
"""

ENTRY_ABOUT = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, CASE WHEN (length(entry.payload) > 1000000) THEN '' ELSE entry.payload END AS payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry
WHERE entry.seq IN (SELECT touched.seq
FROM touched
WHERE touched."key" = :key OR touched."key" >= :dot AND touched."key" < :after_dot OR touched."key" >= :hash AND touched."key" < :after_hash) ORDER BY entry.seq DESC
 LIMIT :most OFFSET 0
"""

TOUCHED_UNDER = """SELECT DISTINCT touched.seq
FROM touched
WHERE touched."key" = :key OR touched."key" >= :dot AND touched."key" < :after_dot OR touched."key" >= :hash AND touched."key" < :after_hash ORDER BY touched.seq
"""

TOUCHED_LAST = """SELECT max(touched.seq) AS max_1
FROM touched
WHERE touched."key" = :key
"""

ENTRY_OF_PERSON = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, entry.payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry
WHERE entry.person = :person ORDER BY entry.seq DESC
"""

ROW_GET = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year = :year AND checklist_row.ref = :ref
"""

ROW_UNDER = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year = :year AND checklist_row.ref >= :low AND checklist_row.ref < :high ORDER BY checklist_row.ref
"""

ROW_LIST = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year >= :first_year AND checklist_row.year <= :last_year AND (:closed_too = 1 OR (EXISTS (SELECT *
FROM year
WHERE year.year = checklist_row.year AND year.state = 'open'))) AND (:low IS NULL OR checklist_row.ref >= :low AND checklist_row.ref < :high) AND (:suffix IS NULL OR checklist_row.ref LIKE ('%.' || :suffix)) AND (:unit IS NULL OR checklist_row.unit = :unit) AND (:state IS NULL OR checklist_row.state = :state) AND (:review IS NULL OR checklist_row.review = :review) AND (:to_review IS NULL OR checklist_row.state = 'done' AND checklist_row.review = 'none' AND (EXISTS (SELECT *
FROM item AS asked
WHERE asked.year = checklist_row.year AND asked.code = checklist_row.code AND asked.reviewed = 1))) AND (:due_from IS NULL OR checklist_row.due >= :due_from) AND (:due_to IS NULL OR checklist_row.due <= :due_to AND checklist_row.state IN ('open', 'partial')) AND (:due_before IS NULL OR checklist_row.due < :due_before AND checklist_row.state IN ('open', 'partial')) ORDER BY checklist_row.year, checklist_row.ref
"""

ROW_LIST_TOTALS = """SELECT count(*) AS n_rows, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of)) AS n_done, count(*) FILTER (WHERE checklist_row.state = 'partial') AS n_partial, count(*) FILTER (WHERE checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of) AS n_open, count(*) FILTER (WHERE checklist_row.state = 'na') AS n_na, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND checklist_row.done_on > checklist_row.due) AS n_late, count(*) FILTER (WHERE checklist_row.state = 'done' AND checklist_row.done_on IS NULL) AS n_undated, count(*) FILTER (WHERE (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of) AS n_overdue, count(*) FILTER (WHERE checklist_row.review = 'accepted' AND checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND NOT (EXISTS (SELECT *
FROM review
WHERE review.year = checklist_row.year AND review.ref = checklist_row.ref AND review.on_date > :as_of)) AND (EXISTS (SELECT *
FROM item AS asked
WHERE asked.year = checklist_row.year AND asked.code = checklist_row.code AND asked.reviewed = 1))) AS anon_1, count(*) FILTER (WHERE checklist_row.review = 'returned' AND NOT (EXISTS (SELECT *
FROM review
WHERE review.year = checklist_row.year AND review.ref = checklist_row.ref AND review.on_date > :as_of))) AS anon_2, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND NOT (checklist_row.review = 'accepted' AND checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND NOT (EXISTS (SELECT *
FROM review
WHERE review.year = checklist_row.year AND review.ref = checklist_row.ref AND review.on_date > :as_of))) AND (EXISTS (SELECT *
FROM item AS asked
WHERE asked.year = checklist_row.year AND asked.code = checklist_row.code AND asked.reviewed = 1))) AS anon_3
FROM checklist_row
WHERE checklist_row.year >= :first_year AND checklist_row.year <= :last_year AND (:closed_too = 1 OR (EXISTS (SELECT *
FROM year
WHERE year.year = checklist_row.year AND year.state = 'open'))) AND (:low IS NULL OR checklist_row.ref >= :low AND checklist_row.ref < :high) AND (:suffix IS NULL OR checklist_row.ref LIKE ('%.' || :suffix)) AND (:unit IS NULL OR checklist_row.unit = :unit) AND (:state IS NULL OR checklist_row.state = :state) AND (:review IS NULL OR checklist_row.review = :review) AND (:to_review IS NULL OR checklist_row.state = 'done' AND checklist_row.review = 'none' AND (EXISTS (SELECT *
FROM item AS asked
WHERE asked.year = checklist_row.year AND asked.code = checklist_row.code AND asked.reviewed = 1))) AND (:due_from IS NULL OR checklist_row.due >= :due_from) AND (:due_to IS NULL OR checklist_row.due <= :due_to AND checklist_row.state IN ('open', 'partial')) AND (:due_before IS NULL OR checklist_row.due < :due_before AND checklist_row.state IN ('open', 'partial'))
"""

ROW_NEXT_OF_YEAR = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.due IS NOT NULL AND checklist_row.begins <= :today AND checklist_row.year = :year ORDER BY checklist_row.due, checklist_row.year, checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_UNDATED_OF_YEAR = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.due IS NULL AND checklist_row.begins <= :today AND checklist_row.year = :year ORDER BY checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_SOON_OF_YEAR = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.due >= :today AND checklist_row.due <= :soon AND checklist_row.begins <= :today AND checklist_row.year = :year ORDER BY checklist_row.due, checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_RETURNED_OF_YEAR = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.review = 'returned' AND checklist_row.year = :year ORDER BY checklist_row.due, checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_OVERDUE = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year = :year AND (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) ORDER BY checklist_row.due, checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_DUE_COUNTS = """SELECT count(*) FILTER (WHERE checklist_row.due < :today) AS anon_1, count(*) FILTER (WHERE checklist_row.due >= :today) AS anon_2
FROM checklist_row
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.year = :year AND checklist_row.due <= :soon AND checklist_row.begins <= :today
"""

ROW_OVERDUE_UNFINISHED = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year = :year AND checklist_row.state IN ('open', 'partial') AND checklist_row.due < :as_of AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) ORDER BY checklist_row.due, checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_OVERDUE_COUNT = """SELECT count(*) AS count_1
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.state IN ('open', 'partial') AND checklist_row.due < :as_of
"""

ROW_DELETE_UNDER = """DELETE FROM checklist_row WHERE checklist_row.year = :year AND checklist_row.ref >= :low AND checklist_row.ref < :high
"""

ROW_COUNT_UNDER = """SELECT count(*) AS count_1
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.ref >= :low AND checklist_row.ref < :high AND checklist_row.occasion IS NULL
"""

TOUCHED_BY_ENTRY = """SELECT touched.seq, touched."key"
FROM touched ORDER BY touched.seq, touched."key"
"""

TOUCHED_COUNT = """SELECT count(DISTINCT touched."key") AS count_1
FROM touched
WHERE instr(touched."key", '#') = 0
"""

ROW_COUNT_ALL = """SELECT count(*) AS count_1
FROM checklist_row
"""

CASE_ROW_COUNT_ALL = """SELECT count(*) AS count_1
FROM case_row
"""

EVIDENCE_HASHED = """SELECT evidence.hash, evidence.size, evidence.year, evidence.ref, evidence.n, evidence.kind, evidence.place, evidence.purged_on
FROM evidence
WHERE evidence.hash IS NOT NULL ORDER BY evidence.hash, evidence.year, evidence.ref, evidence.n
"""

REVIEW_ACCEPTED = """SELECT review.year, review.ref, review.person, CASE WHEN ((EXISTS (SELECT *
FROM checklist_row
WHERE checklist_row.year = review.year AND checklist_row.ref = review.ref AND checklist_row.done_by = review.person)) OR review.year = 0 AND (EXISTS (SELECT *
FROM case_row
WHERE case_row.ref = review.ref AND case_row.done_by = review.person)) OR (EXISTS (SELECT *
FROM evidence
WHERE evidence.year = review.year AND evidence.ref = review.ref AND evidence.removed_on IS NULL AND evidence.person = review.person))) THEN 1 ELSE 0 END AS did_it
FROM review
WHERE review.verdict = 'accepted' ORDER BY review.year, review.ref
"""

EVIDENCE_FILES = """SELECT DISTINCT evidence.hash, evidence.size
FROM evidence
WHERE evidence.kind = 'file' AND evidence.purged_on IS NULL ORDER BY evidence.hash
"""

ENTRY_UNCHAINED = """SELECT count(*) AS count_1
FROM entry LEFT OUTER JOIN entry AS "before" ON "before".seq = entry.seq - 1
WHERE entry.prev != coalesce("before".hash, (SELECT register.id
FROM register))
"""

ROW_COMPLETION = """SELECT checklist_row.ref, item.title_zh, item.title_en
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year = :year AND checklist_row.ref >= :low AND checklist_row.ref < :high AND checklist_row.state IN ('open', 'partial') ORDER BY checklist_row.ref
 LIMIT :most OFFSET 0
"""

ITEM_DELETE_OF = """DELETE FROM item WHERE item.year = :year AND item.template = :template
"""

ITEM_OF_YEAR = """SELECT item.code, item.body
FROM item
WHERE item.year = :year ORDER BY item.code
"""

ROW_UNFINISHED_OF_UNIT = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.year = :year AND checklist_row.unit = :unit ORDER BY checklist_row.due IS NULL, checklist_row.due, checklist_row.ref
"""

ROW_OPEN_BY_UNIT = """SELECT checklist_row.unit, count(*) AS count_1, count(*) FILTER (WHERE checklist_row.due < :today) AS anon_1
FROM checklist_row
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.year = :year GROUP BY checklist_row.unit ORDER BY checklist_row.unit
"""

SECTION_OF_UNIT = """SELECT DISTINCT item.section
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year = :year AND checklist_row.unit = :unit ORDER BY item.section
"""

FIGURE_OF_UNIT = """SELECT DISTINCT figure_entry."key"
FROM figure_entry
WHERE figure_entry.year <= :year AND figure_entry.unit = :unit ORDER BY figure_entry."key"
"""

ROW_UNFINISHED = """SELECT checklist_row.ref, checklist_row.code, checklist_row.unit
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.state IN ('open', 'partial') ORDER BY checklist_row.ref
"""

ROW_OPEN_RECKONINGS = """SELECT checklist_row.year, checklist_row.ref, checklist_row.reckoning, checklist_row.due, checklist_row.provisional
FROM checklist_row
WHERE (checklist_row.state IN ('open', 'partial') OR checklist_row.provisional = 1) AND checklist_row.reckoning IS NOT NULL AND (EXISTS (SELECT *
FROM year
WHERE year.year = checklist_row.year AND year.state = 'open')) ORDER BY checklist_row.year, checklist_row.ref
"""

ROW_REMAINDER = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.year = :year ORDER BY checklist_row.due IS NULL, checklist_row.due, checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_REMAINDER_COUNT = """SELECT count(*) AS count_1
FROM checklist_row
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.year = :year
"""

ROW_ASSIGNED = """SELECT checklist_row.code, checklist_row.period, checklist_row.unit, checklist_row.assignee
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.assignee IS NOT NULL AND checklist_row.occasion IS NULL ORDER BY checklist_row.code, checklist_row.period, checklist_row.unit
"""

ROW_HOLDERS = """SELECT DISTINCT checklist_row.code, checklist_row.unit
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.occasion IS NULL ORDER BY checklist_row.code, checklist_row.unit
"""

NOTE_REFS = """SELECT DISTINCT note.ref
FROM note
WHERE note.year = :year AND note.ref >= :low AND note.ref < :high ORDER BY note.ref
"""

ITEM_CODES = """SELECT DISTINCT item.code
FROM item ORDER BY item.code
"""

ITEM_STANDING = """SELECT item.year, item.code, item.template, item.kind, item.title_zh, item.title_en, item.section, item.standing
FROM item
WHERE item.year = :year AND (item.kind = 'case' OR item.kind = 'occasion' AND NOT (EXISTS (SELECT *
FROM checklist_row
WHERE checklist_row.year = item.year AND checklist_row.ref > (item.code || '.') AND checklist_row.ref < (item.code || '/') AND checklist_row.begins <= :as_of))) ORDER BY item.code
"""

CHECKLIST_OF_YEAR = """SELECT checklist.year, checklist.template, checklist.title_zh, checklist.title_en, checklist.document
FROM checklist
WHERE checklist.year = :year ORDER BY checklist.template
"""

TOTALS_BY_TEMPLATE = """SELECT counted.part, item.template, item.section, sum(counted.n_rows) AS sum_1, sum(counted.n_done) AS sum_2, sum(counted.n_partial) AS sum_3, sum(counted.n_open) AS sum_4, sum(counted.n_na) AS sum_5, sum(counted.n_late) AS sum_6, sum(counted.n_undated) AS sum_7, sum(counted.n_overdue) AS sum_8, sum((counted.n_rows - counted.n_na) * item.weight) AS sum_9, sum(counted.n_done * item.weight) AS sum_10, sum(counted.n_accepted * item.reviewed) AS sum_11, sum(counted.n_returned) AS sum_12, sum((counted.n_done - counted.n_accepted) * item.reviewed) AS sum_13
FROM (SELECT checklist_row.code AS code, '' AS part, count(*) AS n_rows, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of)) AS n_done, count(*) FILTER (WHERE checklist_row.state = 'partial') AS n_partial, count(*) FILTER (WHERE checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of) AS n_open, count(*) FILTER (WHERE checklist_row.state = 'na') AS n_na, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND checklist_row.done_on > checklist_row.due) AS n_late, count(*) FILTER (WHERE checklist_row.state = 'done' AND checklist_row.done_on IS NULL) AS n_undated, count(*) FILTER (WHERE (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of) AS n_overdue, count(*) FILTER (WHERE checklist_row.review = 'accepted' AND checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND NOT (EXISTS (SELECT *
FROM review
WHERE review.year = checklist_row.year AND review.ref = checklist_row.ref AND review.on_date > :as_of))) AS n_accepted, count(*) FILTER (WHERE checklist_row.review = 'returned' AND NOT (EXISTS (SELECT *
FROM review
WHERE review.year = checklist_row.year AND review.ref = checklist_row.ref AND review.on_date > :as_of))) AS n_returned
FROM checklist_row
WHERE checklist_row.year = :year AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY checklist_row.code, '') AS counted JOIN item ON item.year = :year AND item.code = counted.code GROUP BY counted.part, item.template, item.section ORDER BY counted.part, item.template, item.section
"""

TOTALS_BY_UNIT = """SELECT counted.part, '', '', sum(counted.n_rows) AS sum_1, sum(counted.n_done) AS sum_2, sum(counted.n_partial) AS sum_3, sum(counted.n_open) AS sum_4, sum(counted.n_na) AS sum_5, sum(counted.n_late) AS sum_6, sum(counted.n_undated) AS sum_7, sum(counted.n_overdue) AS sum_8, sum((counted.n_rows - counted.n_na) * item.weight) AS sum_9, sum(counted.n_done * item.weight) AS sum_10, sum(counted.n_accepted * item.reviewed) AS sum_11, sum(counted.n_returned) AS sum_12, sum((counted.n_done - counted.n_accepted) * item.reviewed) AS sum_13
FROM (SELECT checklist_row.code AS code, checklist_row.unit AS part, count(*) AS n_rows, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of)) AS n_done, count(*) FILTER (WHERE checklist_row.state = 'partial') AS n_partial, count(*) FILTER (WHERE checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of) AS n_open, count(*) FILTER (WHERE checklist_row.state = 'na') AS n_na, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND checklist_row.done_on > checklist_row.due) AS n_late, count(*) FILTER (WHERE checklist_row.state = 'done' AND checklist_row.done_on IS NULL) AS n_undated, count(*) FILTER (WHERE (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of) AS n_overdue, count(*) FILTER (WHERE checklist_row.review = 'accepted' AND checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND NOT (EXISTS (SELECT *
FROM review
WHERE review.year = checklist_row.year AND review.ref = checklist_row.ref AND review.on_date > :as_of))) AS n_accepted, count(*) FILTER (WHERE checklist_row.review = 'returned' AND NOT (EXISTS (SELECT *
FROM review
WHERE review.year = checklist_row.year AND review.ref = checklist_row.ref AND review.on_date > :as_of))) AS n_returned
FROM checklist_row
WHERE checklist_row.year = :year AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY checklist_row.code, checklist_row.unit) AS counted JOIN item ON item.year = :year AND item.code = counted.code GROUP BY counted.part ORDER BY counted.part
"""

TOTALS_BY_MONTH = """SELECT counted.part, '', '', sum(counted.n_rows) AS sum_1, sum(counted.n_done) AS sum_2, sum(counted.n_partial) AS sum_3, sum(counted.n_open) AS sum_4, sum(counted.n_na) AS sum_5, sum(counted.n_late) AS sum_6, sum(counted.n_undated) AS sum_7, sum(counted.n_overdue) AS sum_8, sum((counted.n_rows - counted.n_na) * item.weight) AS sum_9, sum(counted.n_done * item.weight) AS sum_10, sum(counted.n_accepted * item.reviewed) AS sum_11, sum(counted.n_returned) AS sum_12, sum((counted.n_done - counted.n_accepted) * item.reviewed) AS sum_13
FROM (SELECT checklist_row.code AS code, substr(checklist_row.due, 1, 7) AS part, count(*) AS n_rows, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of)) AS n_done, count(*) FILTER (WHERE checklist_row.state = 'partial') AS n_partial, count(*) FILTER (WHERE checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of) AS n_open, count(*) FILTER (WHERE checklist_row.state = 'na') AS n_na, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND checklist_row.done_on > checklist_row.due) AS n_late, count(*) FILTER (WHERE checklist_row.state = 'done' AND checklist_row.done_on IS NULL) AS n_undated, count(*) FILTER (WHERE (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of) AS n_overdue, count(*) FILTER (WHERE checklist_row.review = 'accepted' AND checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND NOT (EXISTS (SELECT *
FROM review
WHERE review.year = checklist_row.year AND review.ref = checklist_row.ref AND review.on_date > :as_of))) AS n_accepted, count(*) FILTER (WHERE checklist_row.review = 'returned' AND NOT (EXISTS (SELECT *
FROM review
WHERE review.year = checklist_row.year AND review.ref = checklist_row.ref AND review.on_date > :as_of))) AS n_returned
FROM checklist_row
WHERE checklist_row.year = :year AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY checklist_row.code, substr(checklist_row.due, 1, 7)) AS counted JOIN item ON item.year = :year AND item.code = counted.code GROUP BY counted.part ORDER BY counted.part
"""

EVIDENCED_BY_TEMPLATE = """SELECT '' AS part, item.template, item.section, count(*) AS count_1
FROM (SELECT DISTINCT evidence.ref AS ref
FROM evidence
WHERE evidence.year = :year AND evidence.added_on <= :as_of AND (evidence.removed_on IS NULL OR evidence.removed_on > :as_of)) AS standing JOIN checklist_row ON checklist_row.year = :year AND checklist_row.ref = standing.ref JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY '', item.template, item.section ORDER BY '', item.template, item.section
"""

EVIDENCED_BY_UNIT = """SELECT checklist_row.unit AS part, item.template, item.section, count(*) AS count_1
FROM (SELECT DISTINCT evidence.ref AS ref
FROM evidence
WHERE evidence.year = :year AND evidence.added_on <= :as_of AND (evidence.removed_on IS NULL OR evidence.removed_on > :as_of)) AS standing JOIN checklist_row ON checklist_row.year = :year AND checklist_row.ref = standing.ref JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY checklist_row.unit, item.template, item.section ORDER BY checklist_row.unit, item.template, item.section
"""

EVIDENCED_BY_MONTH = """SELECT substr(checklist_row.due, 1, 7) AS part, item.template, item.section, count(*) AS count_1
FROM (SELECT DISTINCT evidence.ref AS ref
FROM evidence
WHERE evidence.year = :year AND evidence.added_on <= :as_of AND (evidence.removed_on IS NULL OR evidence.removed_on > :as_of)) AS standing JOIN checklist_row ON checklist_row.year = :year AND checklist_row.ref = standing.ref JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY substr(checklist_row.due, 1, 7), item.template, item.section ORDER BY substr(checklist_row.due, 1, 7), item.template, item.section
"""

BURN_UP = """SELECT substr(checklist_row.due, 1, 7) AS month_due, CASE WHEN (checklist_row.state = 'done' AND checklist_row.done_on <= :as_of) THEN substr(checklist_row.done_on, 1, 7) WHEN (checklist_row.state = 'done' AND checklist_row.done_on IS NULL) THEN '' END AS month_done, count(*) AS count_1
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.state != 'na' AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY month_due, month_done ORDER BY month_due, month_done
"""

OVERDUE_BY_HOLDER = """SELECT checklist_row.unit, checklist_row.assignee, count(*) AS count_1, min(checklist_row.due) AS min_1
FROM checklist_row
WHERE checklist_row.year = :year AND (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY checklist_row.unit, checklist_row.assignee ORDER BY checklist_row.unit, checklist_row.assignee
"""

OVERDUE_BY_HOLDER_UNFINISHED = """SELECT checklist_row.unit, checklist_row.assignee, count(*) AS count_1, min(checklist_row.due) AS min_1
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.state IN ('open', 'partial') AND checklist_row.due < :as_of AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY checklist_row.unit, checklist_row.assignee ORDER BY checklist_row.unit, checklist_row.assignee
"""

ROW_OF_YEAR = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening, checklist_row.provisional, checklist_row.reckoning
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year = :year AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) ORDER BY checklist_row.ref
"""

NOTE_OF = """SELECT note.n, note.text, note.person, note.on_date
FROM note
WHERE note.year = :year AND note.ref = :ref ORDER BY note.n
"""

EVIDENCE_OF = """SELECT evidence.year, evidence.ref, evidence.n, evidence.kind, evidence.name, evidence.place, evidence.hash, evidence.size, evidence.dated, evidence.person, evidence.added_on, evidence.removed_on, evidence.removed_by, evidence.why, evidence.purged_on
FROM evidence
WHERE evidence.year = :year AND evidence.ref = :ref ORDER BY evidence.n
"""

EVIDENCE_BETWEEN = """SELECT evidence.year, evidence.ref, evidence.n, evidence.kind, evidence.name, evidence.place, evidence.hash, evidence.size, evidence.dated, evidence.person, evidence.added_on, evidence.removed_on, evidence.removed_by, evidence.why, evidence.purged_on
FROM evidence
WHERE evidence.year = :year AND evidence.ref >= :low AND evidence.ref < :high AND (:suffix IS NULL OR evidence.ref LIKE ('%.' || :suffix)) AND (:removed_too = 1 OR evidence.removed_on IS NULL) ORDER BY evidence.ref, evidence.n
"""

EVIDENCE_BY_HASH = """SELECT evidence.year, evidence.ref, evidence.n, evidence.kind, evidence.name, evidence.place, evidence.hash, evidence.size, evidence.dated, evidence.person, evidence.added_on, evidence.removed_on, evidence.removed_by, evidence.why, evidence.purged_on
FROM evidence
WHERE evidence.hash = :hash ORDER BY evidence.year, evidence.ref, evidence.n
"""

EVIDENCE_REFS = """SELECT DISTINCT evidence.ref
FROM evidence
WHERE evidence.year = :year AND evidence.ref >= :low AND evidence.ref < :high ORDER BY evidence.ref
"""

FIGURE_OF_YEAR = """SELECT figure.year, figure."key", figure.place, figure.title_zh, figure.title_en, figure.measure_zh, figure.measure_en, figure.adds, figure.section, figure.counted, figure.target
FROM figure
WHERE figure.year = :year ORDER BY figure.place, figure."key"
"""

CASE_ROW_ONE = """SELECT 0 AS year, case_row.ref, case_row.code, case_file.template, 'case' AS kind, case_item.title_zh, case_item.title_en, case_item.weight, '' AS section, case_row.unit, NULL AS period, NULL AS occasion, case_row.begins, case_row.due, 'law' AS due_from, case_row.state, case_row.left_to_do, case_row.why, case_row.done_on, case_row.done_by, case_row.recorded_on, case_row.assignee, case_row.review, NULL AS happening, case_row.provisional, case_row.reckoning, case_row.due_time, case_row.earliest, case_row.target, case_row.done_time, case_row.rule, case_row.choice, case_row.n
FROM case_row JOIN case_file ON case_file.ref = case_row.case_ref JOIN case_item ON case_item.template = case_file.template AND case_item.template_n = case_row.template_n AND case_item.code = case_row.code
WHERE case_row.ref = :ref
"""

CASE_ROW_OF = """SELECT 0 AS year, case_row.ref, case_row.code, case_file.template, 'case' AS kind, case_item.title_zh, case_item.title_en, case_item.weight, '' AS section, case_row.unit, NULL AS period, NULL AS occasion, case_row.begins, case_row.due, 'law' AS due_from, case_row.state, case_row.left_to_do, case_row.why, case_row.done_on, case_row.done_by, case_row.recorded_on, case_row.assignee, case_row.review, NULL AS happening, case_row.provisional, case_row.reckoning, case_row.due_time, case_row.earliest, case_row.target, case_row.done_time, case_row.rule, case_row.choice, case_row.n
FROM case_row JOIN case_file ON case_file.ref = case_row.case_ref JOIN case_item ON case_item.template = case_file.template AND case_item.template_n = case_row.template_n AND case_item.code = case_row.code
WHERE case_row.ref >= :low AND case_row.ref < :high ORDER BY case_row.begins, case_row.due, case_row.ref
"""

CASE_ROW_FIELDS_OF = """SELECT case_row.ref, case_row.case_ref, case_row.template_n, case_row.code, case_row.n, case_row.unit, case_row.begins, case_row.due, case_row.due_time, case_row.earliest, case_row.target, case_row.provisional, case_row.reckoning, case_row.rule, case_row.choice, case_row.state, case_row.left_to_do, case_row.why, case_row.done_on, case_row.done_time, case_row.done_by, case_row.recorded_on, case_row.assignee, case_row.review
FROM case_row
WHERE case_row.ref >= :low AND case_row.ref < :high
"""

CASE_ROW_NEXT = """SELECT 0 AS year, case_row.ref, case_row.code, case_file.template, 'case' AS kind, case_item.title_zh, case_item.title_en, case_item.weight, '' AS section, case_row.unit, NULL AS period, NULL AS occasion, case_row.begins, case_row.due, 'law' AS due_from, case_row.state, case_row.left_to_do, case_row.why, case_row.done_on, case_row.done_by, case_row.recorded_on, case_row.assignee, case_row.review, NULL AS happening, case_row.provisional, case_row.reckoning, case_row.due_time, case_row.earliest, case_row.target, case_row.done_time, case_row.rule, case_row.choice, case_row.n
FROM case_row JOIN case_file ON case_file.ref = case_row.case_ref JOIN case_item ON case_item.template = case_file.template AND case_item.template_n = case_row.template_n AND case_item.code = case_row.code
WHERE case_row.state IN ('open', 'partial') AND case_row.due IS NOT NULL AND case_row.begins <= :today ORDER BY case_row.due, coalesce(case_row.due_time, '~'), case_row.ref
 LIMIT :most OFFSET 0
"""

CASE_ROW_SOON = """SELECT 0 AS year, case_row.ref, case_row.code, case_file.template, 'case' AS kind, case_item.title_zh, case_item.title_en, case_item.weight, '' AS section, case_row.unit, NULL AS period, NULL AS occasion, case_row.begins, case_row.due, 'law' AS due_from, case_row.state, case_row.left_to_do, case_row.why, case_row.done_on, case_row.done_by, case_row.recorded_on, case_row.assignee, case_row.review, NULL AS happening, case_row.provisional, case_row.reckoning, case_row.due_time, case_row.earliest, case_row.target, case_row.done_time, case_row.rule, case_row.choice, case_row.n
FROM case_row JOIN case_file ON case_file.ref = case_row.case_ref JOIN case_item ON case_item.template = case_file.template AND case_item.template_n = case_row.template_n AND case_item.code = case_row.code
WHERE case_row.state IN ('open', 'partial') AND case_row.due >= :today AND case_row.due <= :soon AND case_row.begins <= :today ORDER BY case_row.due, coalesce(case_row.due_time, '~'), case_row.ref
 LIMIT :most OFFSET 0
"""

CASE_ROW_RETURNED = """SELECT 0 AS year, case_row.ref, case_row.code, case_file.template, 'case' AS kind, case_item.title_zh, case_item.title_en, case_item.weight, '' AS section, case_row.unit, NULL AS period, NULL AS occasion, case_row.begins, case_row.due, 'law' AS due_from, case_row.state, case_row.left_to_do, case_row.why, case_row.done_on, case_row.done_by, case_row.recorded_on, case_row.assignee, case_row.review, NULL AS happening, case_row.provisional, case_row.reckoning, case_row.due_time, case_row.earliest, case_row.target, case_row.done_time, case_row.rule, case_row.choice, case_row.n
FROM case_row JOIN case_file ON case_file.ref = case_row.case_ref JOIN case_item ON case_item.template = case_file.template AND case_item.template_n = case_row.template_n AND case_item.code = case_row.code
WHERE case_row.review = 'returned' ORDER BY case_row.due, case_row.ref
 LIMIT :most OFFSET 0
"""

CASE_ROW_DUE_COUNTS = """SELECT count(*) FILTER (WHERE case_row.due < :today) AS anon_1, count(*) FILTER (WHERE case_row.due >= :today) AS anon_2
FROM case_row
WHERE case_row.state IN ('open', 'partial') AND case_row.due <= :soon AND case_row.begins <= :today
"""

CASE_ROW_LIST = """SELECT 0 AS year, case_row.ref, case_row.code, case_file.template, 'case' AS kind, case_item.title_zh, case_item.title_en, case_item.weight, '' AS section, case_row.unit, NULL AS period, NULL AS occasion, case_row.begins, case_row.due, 'law' AS due_from, case_row.state, case_row.left_to_do, case_row.why, case_row.done_on, case_row.done_by, case_row.recorded_on, case_row.assignee, case_row.review, NULL AS happening, case_row.provisional, case_row.reckoning, case_row.due_time, case_row.earliest, case_row.target, case_row.done_time, case_row.rule, case_row.choice, case_row.n
FROM case_row JOIN case_file ON case_file.ref = case_row.case_ref JOIN case_item ON case_item.template = case_file.template AND case_item.template_n = case_row.template_n AND case_item.code = case_row.code
WHERE (:low IS NULL OR case_row.ref >= :low AND case_row.ref < :high) AND (:unit IS NULL OR case_row.unit = :unit) AND (:state IS NULL OR case_row.state = :state) AND (:review IS NULL OR case_row.review = :review) AND (:to_review IS NULL OR case_row.state = 'done' AND case_row.review = 'none' AND (EXISTS (SELECT *
FROM case_file AS asked_case, case_item AS asked_item
WHERE asked_case.ref = case_row.case_ref AND asked_item.template = asked_case.template AND asked_item.template_n = case_row.template_n AND asked_item.code = case_row.code AND asked_item.reviewed = 1))) AND (:due_from IS NULL OR case_row.due >= :due_from) AND (:due_to IS NULL OR case_row.due <= :due_to AND case_row.state IN ('open', 'partial')) AND (:due_before IS NULL OR case_row.due < :due_before AND case_row.state IN ('open', 'partial')) ORDER BY case_row.ref
"""

CASE_ROW_LIST_TOTALS = """SELECT count(*) AS count_1, count(*) FILTER (WHERE case_row.state = 'done') AS anon_1, count(*) FILTER (WHERE case_row.state = 'partial') AS anon_2, count(*) FILTER (WHERE case_row.state = 'open') AS anon_3, count(*) FILTER (WHERE case_row.state = 'na') AS anon_4, count(*) FILTER (WHERE case_row.state = 'done' AND coalesce(case_row.done_on > case_row.due OR case_row.done_on = case_row.due AND case_row.done_time > case_row.due_time, 0) = 1) AS anon_5, count(*) FILTER (WHERE case_row.state = 'done' AND case_row.done_on IS NULL) AS anon_6, count(*) FILTER (WHERE case_row.state IN ('open', 'partial') AND case_row.due < :as_of) AS anon_7, count(*) FILTER (WHERE case_row.state = 'done' AND case_row.review = 'accepted' AND (EXISTS (SELECT *
FROM case_file AS asked_case, case_item AS asked_item
WHERE asked_case.ref = case_row.case_ref AND asked_item.template = asked_case.template AND asked_item.template_n = case_row.template_n AND asked_item.code = case_row.code AND asked_item.reviewed = 1))) AS anon_8, count(*) FILTER (WHERE case_row.review = 'returned') AS anon_9, count(*) FILTER (WHERE case_row.state = 'done' AND case_row.review = 'none' AND (EXISTS (SELECT *
FROM case_file AS asked_case, case_item AS asked_item
WHERE asked_case.ref = case_row.case_ref AND asked_item.template = asked_case.template AND asked_item.template_n = case_row.template_n AND asked_item.code = case_row.code AND asked_item.reviewed = 1))) AS anon_10
FROM case_row
WHERE (:low IS NULL OR case_row.ref >= :low AND case_row.ref < :high) AND (:unit IS NULL OR case_row.unit = :unit) AND (:state IS NULL OR case_row.state = :state) AND (:review IS NULL OR case_row.review = :review) AND (:to_review IS NULL OR case_row.state = 'done' AND case_row.review = 'none' AND (EXISTS (SELECT *
FROM case_file AS asked_case, case_item AS asked_item
WHERE asked_case.ref = case_row.case_ref AND asked_item.template = asked_case.template AND asked_item.template_n = case_row.template_n AND asked_item.code = case_row.code AND asked_item.reviewed = 1))) AND (:due_from IS NULL OR case_row.due >= :due_from) AND (:due_to IS NULL OR case_row.due <= :due_to AND case_row.state IN ('open', 'partial')) AND (:due_before IS NULL OR case_row.due < :due_before AND case_row.state IN ('open', 'partial'))
"""

CASE_ROW_COMPLETION = """SELECT case_row.ref, case_item.title_zh, case_item.title_en
FROM case_row JOIN case_file ON case_file.ref = case_row.case_ref JOIN case_item ON case_item.template = case_file.template AND case_item.template_n = case_row.template_n AND case_item.code = case_row.code
WHERE case_row.ref >= :low AND case_row.ref < :high AND case_row.state IN ('open', 'partial') ORDER BY case_row.ref
 LIMIT :most OFFSET 0
"""

CASE_COMPLETION = """SELECT case_file.ref, case_file.title
FROM case_file
WHERE case_file.ref >= :low AND case_file.ref < :high AND case_file.state = 'open' ORDER BY case_file.ref
 LIMIT :most OFFSET 0
"""

CASE_ROW_OPEN_RECKONINGS = """SELECT case_row.ref, case_row.reckoning, case_row.due, case_row.earliest, case_row.target, case_row.provisional
FROM case_row
WHERE (case_row.state IN ('open', 'partial') OR case_row.provisional = 1) AND case_row.reckoning IS NOT NULL ORDER BY case_row.ref
"""

CASE_ROW_ITEM = """SELECT case_item.body, case_row.rule
FROM case_row JOIN case_file ON case_file.ref = case_row.case_ref JOIN case_item ON case_item.template = case_file.template AND case_item.template_n = case_row.template_n AND case_item.code = case_row.code
WHERE case_row.ref = :ref
"""

CASE_LIST = """SELECT case_file.ref, case_file.template, case_file.template_n, case_file.number, case_file.title, case_file.unit, case_file.opened_on, case_file.facts, case_file.state, case_file.closed_on
FROM case_file
WHERE (:template IS NULL OR case_file.template = :template) AND (:unit IS NULL OR case_file.unit = :unit) AND (:state IS NULL OR case_file.state = :state) AND (:number IS NULL OR case_file.number = :number) ORDER BY case_file.template, length(case_file.ref), case_file.ref
"""

CASE_DUE = """SELECT case_row.case_ref, min(case_row.due) AS min_1, count(*) FILTER (WHERE case_row.due < :today) AS anon_1, count(*) AS count_1
FROM case_row
WHERE case_row.state IN ('open', 'partial') AND (:low IS NULL OR case_row.ref >= :low AND case_row.ref < :high) GROUP BY case_row.case_ref
"""

CASE_LAST = """SELECT case_file.ref
FROM case_file
WHERE case_file.template = :template ORDER BY length(case_file.ref) DESC, case_file.ref DESC
 LIMIT 1 OFFSET 0
"""

CASE_NUMBERED = """SELECT case_file.ref
FROM case_file
WHERE case_file.template = :template AND case_file.number = :number
"""

CASE_COUNT = """SELECT case_file.template, case_file.state, count(*) AS count_1
FROM case_file GROUP BY case_file.template, case_file.state
"""

CASE_ITEM_DELETE_OF = """DELETE FROM case_item WHERE case_item.template = :template AND case_item.template_n = :n
"""

CASE_TEMPLATE_LAST = """SELECT case_template.template, case_template.n, case_template.title_zh, case_template.title_en, case_template.document
FROM case_template
WHERE case_template.template = :template ORDER BY case_template.n DESC
 LIMIT 1 OFFSET 0
"""

CASE_MILESTONE_OF = """SELECT case_milestone.ref, case_milestone.name, case_milestone.n, case_milestone.at, case_milestone.party, case_milestone.derived, case_milestone.why
FROM case_milestone
WHERE case_milestone.ref = :ref ORDER BY case_milestone.at, case_milestone.name, case_milestone.n
"""

CASE_PAUSE_OF = """SELECT case_pause.ref, case_pause.n, case_pause.reason, case_pause.since, case_pause.until
FROM case_pause
WHERE case_pause.ref = :ref ORDER BY case_pause.n
"""

CASE_EXTENSION_OF = """SELECT case_extension.ref, case_extension.n, case_extension.code, case_extension.row_n, case_extension.amount, case_extension.approved_on, case_extension.approval
FROM case_extension
WHERE case_extension.ref = :ref ORDER BY case_extension.n
"""

CASE_NOTE_OF = """SELECT case_note.ref, case_note.n, case_note.text, case_note.person, case_note.on_date
FROM case_note
WHERE case_note.ref = :ref ORDER BY case_note.n
"""

CASE_TERMS = """SELECT substr(case_row.ref, 1, 2) AS template, case_row.code, max(case_row.template_n) AS max_1, count(*) AS count_1, count(*) FILTER (WHERE case_row.state = 'done' AND (case_row.done_on IS NULL OR case_row.done_on <= :as_of) AND case_row.done_on IS NOT NULL AND coalesce(case_row.done_on > case_row.due OR case_row.done_on = case_row.due AND case_row.done_time > case_row.due_time, 0) = 0 AND coalesce(case_row.done_on < case_row.earliest, 0) = 0) AS anon_1, count(*) FILTER (WHERE case_row.state = 'done' AND (case_row.done_on IS NULL OR case_row.done_on <= :as_of) AND coalesce(case_row.done_on > case_row.due OR case_row.done_on = case_row.due AND case_row.done_time > case_row.due_time, 0) = 1) AS anon_2, count(*) FILTER (WHERE case_row.state = 'done' AND (case_row.done_on IS NULL OR case_row.done_on <= :as_of) AND coalesce(case_row.done_on < case_row.earliest, 0) = 1 AND coalesce(case_row.done_on > case_row.due OR case_row.done_on = case_row.due AND case_row.done_time > case_row.due_time, 0) = 0) AS anon_3, count(*) FILTER (WHERE case_row.state = 'done' AND (case_row.done_on IS NULL OR case_row.done_on <= :as_of) AND case_row.done_on IS NULL) AS anon_4, count(*) FILTER (WHERE (case_row.state IN ('open', 'partial') OR case_row.state = 'done' AND case_row.done_on > :as_of) AND case_row.due < :as_of) AS anon_5, count(*) FILTER (WHERE (case_row.state IN ('open', 'partial') OR case_row.state = 'done' AND case_row.done_on > :as_of) AND (case_row.due IS NULL OR case_row.due >= :as_of)) AS anon_6, count(*) FILTER (WHERE case_row.state = 'na') AS anon_7
FROM case_row
WHERE case_row.begins >= :first AND case_row.begins < :after AND case_row.begins <= :as_of GROUP BY template, case_row.code ORDER BY template, case_row.code
"""

CASE_REACHED = """SELECT count(*) AS count_1, count(*) FILTER (WHERE :fact IS NULL OR replace(' ' || case_file.facts || ' ', ' ' || :fact || ' ', '') != (' ' || case_file.facts || ' ')) AS anon_1
FROM case_milestone JOIN case_file ON case_file.ref = case_milestone.ref
WHERE case_milestone.name = :milestone AND case_milestone.n = 1 AND case_milestone.at >= :first AND case_milestone.at < :after AND case_milestone.ref >= :low AND case_milestone.ref < :high
"""

CASE_OPEN_REACHED = """SELECT case_milestone.ref
FROM case_milestone JOIN case_file ON case_file.ref = case_milestone.ref
WHERE case_milestone.name = :milestone AND case_milestone.n = 1 AND case_milestone.at >= :first AND case_milestone.at < :after AND case_milestone.ref >= :low AND case_milestone.ref < :high AND case_file.state = 'open' ORDER BY case_milestone.ref
"""

CASE_ROWS_REACHED = """SELECT count(*) AS count_1, count(*) FILTER (WHERE case_row.state = 'done' AND (case_row.done_on IS NULL OR case_row.done_on <= :as_of) OR case_row.due < :as_of) AS anon_1, count(*) FILTER (WHERE case_row.state = 'done' AND (case_row.done_on IS NULL OR case_row.done_on <= :as_of) AND case_row.done_on IS NOT NULL AND coalesce(case_row.done_on > case_row.due OR case_row.done_on = case_row.due AND case_row.done_time > case_row.due_time, 0) = 0 AND coalesce(case_row.done_on < case_row.earliest, 0) = 0) AS anon_2
FROM case_milestone JOIN case_file ON case_file.ref = case_milestone.ref JOIN case_row ON case_row.ref >= (case_milestone.ref || '.') AND case_row.ref < (case_milestone.ref || '/') AND case_row.code = :code
WHERE case_milestone.name = :milestone AND case_milestone.n = 1 AND case_milestone.at >= :first AND case_milestone.at < :after AND case_milestone.ref >= :low AND case_milestone.ref < :high AND case_row.state != 'na' AND (:fact IS NULL OR replace(' ' || case_file.facts || ' ', ' ' || :fact || ' ', '') != (' ' || case_file.facts || ' '))
"""

ROW_LEFT = """SELECT checklist_row.ref, checklist_row.state, checklist_row.due
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.state IN ('open', 'partial') ORDER BY checklist_row.ref
"""

ROW_RETURNED_REFS = """SELECT checklist_row.ref
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.review = 'returned' ORDER BY checklist_row.ref
"""

ROW_TO_REVIEW_REFS = """SELECT checklist_row.ref
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.state = 'done' AND checklist_row.review = 'none' AND (EXISTS (SELECT *
FROM item AS asked
WHERE asked.year = checklist_row.year AND asked.code = checklist_row.code AND asked.reviewed = 1)) ORDER BY checklist_row.ref
"""

EVIDENCE_STANDING = """SELECT evidence.ref, evidence.n, evidence.kind, evidence.name, evidence.hash, evidence.size, evidence.dated
FROM evidence
WHERE evidence.year = :year AND evidence.removed_on IS NULL ORDER BY evidence.ref, evidence.n
"""

EVIDENCE_SEEN = """SELECT evidence.kind, evidence.name, evidence.hash, evidence.dated, evidence.person
FROM evidence
WHERE evidence.year = :year AND evidence.ref = :ref AND evidence.removed_on IS NULL ORDER BY evidence.n
"""

FIGURE_LAST_PLACE = """SELECT max(figure.place) AS max_1
FROM figure
WHERE figure.year = :year
"""

FIGURE_ENTRY_OF_YEAR = """SELECT figure_entry.year, figure_entry."key", figure_entry.n, figure_entry.digits, figure_entry.multiple, figure_entry.on_date, figure_entry.from_date, figure_entry.to_date, figure_entry.qualifier, figure_entry.unit, figure_entry.note, figure_entry.person, figure_entry.corrects
FROM figure_entry
WHERE figure_entry.year = :year ORDER BY figure_entry."key", figure_entry.n
"""

FIGURE_ENTRY_OF = """SELECT figure_entry.year, figure_entry."key", figure_entry.n, figure_entry.digits, figure_entry.multiple, figure_entry.on_date, figure_entry.from_date, figure_entry.to_date, figure_entry.qualifier, figure_entry.unit, figure_entry.note, figure_entry.person, figure_entry.corrects
FROM figure_entry
WHERE figure_entry.year = :year AND figure_entry."key" = :key ORDER BY figure_entry.n
"""

CHECKLIST_ROW_INSERT_BULK = """INSERT INTO checklist_row (year, ref, code, unit, period, occasion, happening, begins, due, state, left_to_do, why, done_on, done_by, recorded_on, assignee, review, provisional, reckoning) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""

ITEM_INSERT_BULK = """INSERT INTO item (year, code, template, kind, level, title_zh, title_en, weight, section, due_from, standing, reviewed, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
