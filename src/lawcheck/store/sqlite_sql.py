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
  PRIMARY KEY (year, "key", n),
  FOREIGN KEY(year, "key") REFERENCES figure (year, "key"),
  CONSTRAINT qualifier_known CHECK (qualifier IN ('exact', 'about', 'more-than', 'at-best', 'cumulative', 'counted', 'inferred')),
  CONSTRAINT multiple_known CHECK (multiple IN ('', '万', '亿')),
  CONSTRAINT period_has_an_end CHECK ((from_date IS NULL) OR (to_date IS NOT NULL))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX returned_by_due ON checklist_row (year, due, ref) WHERE review = 'returned'""",
    """CREATE INDEX unfinished_by_due ON checklist_row (year, due, ref, begins) WHERE state IN ('open', 'partial')""",
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

ITEM_INSERT = """INSERT INTO item (year, code, template, kind, level, title_zh, title_en, weight, section, due_from, body) VALUES (:year, :code, :template, :kind, :level, :title_zh, :title_en, :weight, :section, :due_from, :body)
"""

ITEM_GET = """SELECT item.template, item.kind, item.level, item.title_zh, item.title_en, item.weight, item.section, item.due_from, item.body
FROM item
WHERE item.year = :key_year AND item.code = :key_code
"""

ITEM_UPDATE = """UPDATE item SET template=:template, kind=:kind, level=:level, title_zh=:title_zh, title_en=:title_en, weight=:weight, section=:section, due_from=:due_from, body=:body WHERE item.year = :key_year AND item.code = :key_code
"""

ITEM_DELETE = """DELETE FROM item WHERE item.year = :key_year AND item.code = :key_code
"""

ITEM_ALL = """SELECT item.year, item.code, item.template, item.kind, item.level, item.title_zh, item.title_en, item.weight, item.section, item.due_from, item.body
FROM item ORDER BY item.year, item.code
"""

CHECKLIST_ROW_INSERT = """INSERT INTO checklist_row (year, ref, code, unit, period, occasion, happening, begins, due, state, left_to_do, why, done_on, done_by, recorded_on, assignee, review) VALUES (:year, :ref, :code, :unit, :period, :occasion, :happening, :begins, :due, :state, :left_to_do, :why, :done_on, :done_by, :recorded_on, :assignee, :review)
"""

CHECKLIST_ROW_GET = """SELECT checklist_row.code, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.happening, checklist_row.begins, checklist_row.due, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review
FROM checklist_row
WHERE checklist_row.year = :key_year AND checklist_row.ref = :key_ref
"""

CHECKLIST_ROW_UPDATE = """UPDATE checklist_row SET code=:code, unit=:unit, period=:period, occasion=:occasion, happening=:happening, begins=:begins, due=:due, state=:state, left_to_do=:left_to_do, why=:why, done_on=:done_on, done_by=:done_by, recorded_on=:recorded_on, assignee=:assignee, review=:review WHERE checklist_row.year = :key_year AND checklist_row.ref = :key_ref
"""

CHECKLIST_ROW_DELETE = """DELETE FROM checklist_row WHERE checklist_row.year = :key_year AND checklist_row.ref = :key_ref
"""

CHECKLIST_ROW_ALL = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.happening, checklist_row.begins, checklist_row.due, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review
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

FIGURE_INSERT = """INSERT INTO figure (year, "key", place, title_zh, title_en, measure_zh, measure_en, adds, section) VALUES (:year, :key, :place, :title_zh, :title_en, :measure_zh, :measure_en, :adds, :section)
"""

FIGURE_GET = """SELECT figure.place, figure.title_zh, figure.title_en, figure.measure_zh, figure.measure_en, figure.adds, figure.section
FROM figure
WHERE figure.year = :key_year AND figure."key" = :key_key
"""

FIGURE_UPDATE = """UPDATE figure SET place=:place, title_zh=:title_zh, title_en=:title_en, measure_zh=:measure_zh, measure_en=:measure_en, adds=:adds, section=:section WHERE figure.year = :key_year AND figure."key" = :key_key
"""

FIGURE_DELETE = """DELETE FROM figure WHERE figure.year = :key_year AND figure."key" = :key_key
"""

FIGURE_ALL = """SELECT figure.year, figure."key", figure.place, figure.title_zh, figure.title_en, figure.measure_zh, figure.measure_en, figure.adds, figure.section
FROM figure ORDER BY figure.year, figure."key"
"""

FIGURE_ENTRY_INSERT = """INSERT INTO figure_entry (year, "key", n, digits, multiple, on_date, from_date, to_date, qualifier, unit, note, person) VALUES (:year, :key, :n, :digits, :multiple, :on_date, :from_date, :to_date, :qualifier, :unit, :note, :person)
"""

FIGURE_ENTRY_GET = """SELECT figure_entry.digits, figure_entry.multiple, figure_entry.on_date, figure_entry.from_date, figure_entry.to_date, figure_entry.qualifier, figure_entry.unit, figure_entry.note, figure_entry.person
FROM figure_entry
WHERE figure_entry.year = :key_year AND figure_entry."key" = :key_key AND figure_entry.n = :key_n
"""

FIGURE_ENTRY_UPDATE = """UPDATE figure_entry SET digits=:digits, multiple=:multiple, on_date=:on_date, from_date=:from_date, to_date=:to_date, qualifier=:qualifier, unit=:unit, note=:note, person=:person WHERE figure_entry.year = :key_year AND figure_entry."key" = :key_key AND figure_entry.n = :key_n
"""

FIGURE_ENTRY_DELETE = """DELETE FROM figure_entry WHERE figure_entry.year = :key_year AND figure_entry."key" = :key_key AND figure_entry.n = :key_n
"""

FIGURE_ENTRY_ALL = """SELECT figure_entry.year, figure_entry."key", figure_entry.n, figure_entry.digits, figure_entry.multiple, figure_entry.on_date, figure_entry.from_date, figure_entry.to_date, figure_entry.qualifier, figure_entry.unit, figure_entry.note, figure_entry.person
FROM figure_entry ORDER BY figure_entry.year, figure_entry."key", figure_entry.n
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

ENTRY_AFTER = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, entry.payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry
WHERE entry.seq > :seq ORDER BY entry.seq
"""

ENTRY_LATEST = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, entry.payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry ORDER BY entry.seq DESC
 LIMIT :most OFFSET 0
"""

ENTRY_ABOUT = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, entry.payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry
WHERE entry.seq IN (SELECT touched.seq
FROM touched
WHERE touched."key" = :key OR touched."key" >= :dot AND touched."key" < :after_dot OR touched."key" >= :hash AND touched."key" < :after_hash) ORDER BY entry.seq DESC
 LIMIT :most OFFSET 0
"""

ENTRY_OF_PERSON = """SELECT entry.seq, entry.at, entry.person, entry.os_user, entry.host, entry.command, entry.version, entry.today, entry.payload, entry.salt, entry.payload_hash, entry.prev, entry.hash
FROM entry
WHERE entry.person = :person ORDER BY entry.seq DESC
"""

ROW_GET = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year = :year AND checklist_row.ref = :ref
"""

ROW_UNDER = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year = :year AND checklist_row.ref >= :low AND checklist_row.ref < :high ORDER BY checklist_row.ref
"""

ROW_LIST = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year >= :first_year AND checklist_row.year <= :last_year AND (:closed_too = 1 OR (EXISTS (SELECT *
FROM year
WHERE year.year = checklist_row.year AND year.state = 'open'))) AND (:low IS NULL OR checklist_row.ref >= :low AND checklist_row.ref < :high) AND (:suffix IS NULL OR checklist_row.ref LIKE ('%.' || :suffix)) AND (:unit IS NULL OR checklist_row.unit = :unit) AND (:state IS NULL OR checklist_row.state = :state) AND (:due_from IS NULL OR checklist_row.due >= :due_from) AND (:due_to IS NULL OR checklist_row.due <= :due_to AND checklist_row.state IN ('open', 'partial')) AND (:due_before IS NULL OR checklist_row.due < :due_before AND checklist_row.state IN ('open', 'partial')) ORDER BY checklist_row.year, checklist_row.ref
"""

ROW_LIST_TOTALS = """SELECT count(*) AS n_rows, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of)) AS n_done, count(*) FILTER (WHERE checklist_row.state = 'partial') AS n_partial, count(*) FILTER (WHERE checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of) AS n_open, count(*) FILTER (WHERE checklist_row.state = 'na') AS n_na, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND checklist_row.done_on > checklist_row.due) AS n_late, count(*) FILTER (WHERE checklist_row.state = 'done' AND checklist_row.done_on IS NULL) AS n_undated, count(*) FILTER (WHERE (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of) AS n_overdue
FROM checklist_row
WHERE checklist_row.year >= :first_year AND checklist_row.year <= :last_year AND (:closed_too = 1 OR (EXISTS (SELECT *
FROM year
WHERE year.year = checklist_row.year AND year.state = 'open'))) AND (:low IS NULL OR checklist_row.ref >= :low AND checklist_row.ref < :high) AND (:suffix IS NULL OR checklist_row.ref LIKE ('%.' || :suffix)) AND (:unit IS NULL OR checklist_row.unit = :unit) AND (:state IS NULL OR checklist_row.state = :state) AND (:due_from IS NULL OR checklist_row.due >= :due_from) AND (:due_to IS NULL OR checklist_row.due <= :due_to AND checklist_row.state IN ('open', 'partial')) AND (:due_before IS NULL OR checklist_row.due < :due_before AND checklist_row.state IN ('open', 'partial'))
"""

ROW_NEXT_OF_YEAR = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.due IS NOT NULL AND checklist_row.begins <= :today AND checklist_row.year = :year ORDER BY checklist_row.due, checklist_row.year, checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_UNDATED_OF_YEAR = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.due IS NULL AND checklist_row.begins <= :today AND checklist_row.year = :year ORDER BY checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_SOON = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.due >= :today AND checklist_row.due <= :soon AND checklist_row.begins <= :today AND checklist_row.year = :year ORDER BY checklist_row.due, checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_RETURNED = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.review = 'returned' AND checklist_row.year = :year ORDER BY checklist_row.due, checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_OVERDUE = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening
FROM checklist_row JOIN item ON item.year = checklist_row.year AND item.code = checklist_row.code
WHERE checklist_row.year = :year AND (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) ORDER BY checklist_row.due, checklist_row.ref
 LIMIT :most OFFSET 0
"""

ROW_DUE_COUNTS = """SELECT count(*) FILTER (WHERE checklist_row.due < :today) AS anon_1, count(*) FILTER (WHERE checklist_row.due >= :today) AS anon_2
FROM checklist_row
WHERE checklist_row.state IN ('open', 'partial') AND checklist_row.year = :year AND checklist_row.due <= :soon AND checklist_row.begins <= :today
"""

ROW_OVERDUE_UNFINISHED = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening
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

ROW_COUNT_ALL = """SELECT count(*) AS count_1
FROM checklist_row
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

ROW_UNFINISHED = """SELECT checklist_row.ref, checklist_row.code, checklist_row.unit
FROM checklist_row
WHERE checklist_row.year = :year AND checklist_row.state IN ('open', 'partial') ORDER BY checklist_row.ref
"""

ROW_REMAINDER = """SELECT checklist_row.year, checklist_row.ref, checklist_row.code, item.template, item.kind, item.title_zh, item.title_en, item.weight, item.section, checklist_row.unit, checklist_row.period, checklist_row.occasion, checklist_row.begins, checklist_row.due, item.due_from, checklist_row.state, checklist_row.left_to_do, checklist_row.why, checklist_row.done_on, checklist_row.done_by, checklist_row.recorded_on, checklist_row.assignee, checklist_row.review, checklist_row.happening
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

ITEM_STANDING = """SELECT item.year, item.code, item.template, item.kind, item.title_zh, item.title_en, item.section, item.body
FROM item
WHERE item.year = :year AND (item.kind = 'case' OR item.kind = 'occasion' AND NOT (EXISTS (SELECT *
FROM checklist_row
WHERE checklist_row.year = item.year AND checklist_row.ref > (item.code || '.') AND checklist_row.ref < (item.code || '/') AND checklist_row.begins <= :as_of))) ORDER BY item.code
"""

CHECKLIST_OF_YEAR = """SELECT checklist.year, checklist.template, checklist.title_zh, checklist.title_en, checklist.document
FROM checklist
WHERE checklist.year = :year ORDER BY checklist.template
"""

TOTALS_BY_TEMPLATE = """SELECT counted.part, item.template, item.section, sum(counted.n_rows) AS sum_1, sum(counted.n_done) AS sum_2, sum(counted.n_partial) AS sum_3, sum(counted.n_open) AS sum_4, sum(counted.n_na) AS sum_5, sum(counted.n_late) AS sum_6, sum(counted.n_undated) AS sum_7, sum(counted.n_overdue) AS sum_8, sum((counted.n_rows - counted.n_na) * item.weight) AS sum_9, sum(counted.n_done * item.weight) AS sum_10
FROM (SELECT checklist_row.code AS code, '' AS part, count(*) AS n_rows, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of)) AS n_done, count(*) FILTER (WHERE checklist_row.state = 'partial') AS n_partial, count(*) FILTER (WHERE checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of) AS n_open, count(*) FILTER (WHERE checklist_row.state = 'na') AS n_na, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND checklist_row.done_on > checklist_row.due) AS n_late, count(*) FILTER (WHERE checklist_row.state = 'done' AND checklist_row.done_on IS NULL) AS n_undated, count(*) FILTER (WHERE (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of) AS n_overdue
FROM checklist_row
WHERE checklist_row.year = :year AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY checklist_row.code, '') AS counted JOIN item ON item.year = :year AND item.code = counted.code GROUP BY counted.part, item.template, item.section ORDER BY counted.part, item.template, item.section
"""

TOTALS_BY_UNIT = """SELECT counted.part, item.template, item.section, sum(counted.n_rows) AS sum_1, sum(counted.n_done) AS sum_2, sum(counted.n_partial) AS sum_3, sum(counted.n_open) AS sum_4, sum(counted.n_na) AS sum_5, sum(counted.n_late) AS sum_6, sum(counted.n_undated) AS sum_7, sum(counted.n_overdue) AS sum_8, sum((counted.n_rows - counted.n_na) * item.weight) AS sum_9, sum(counted.n_done * item.weight) AS sum_10
FROM (SELECT checklist_row.code AS code, checklist_row.unit AS part, count(*) AS n_rows, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of)) AS n_done, count(*) FILTER (WHERE checklist_row.state = 'partial') AS n_partial, count(*) FILTER (WHERE checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of) AS n_open, count(*) FILTER (WHERE checklist_row.state = 'na') AS n_na, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND checklist_row.done_on > checklist_row.due) AS n_late, count(*) FILTER (WHERE checklist_row.state = 'done' AND checklist_row.done_on IS NULL) AS n_undated, count(*) FILTER (WHERE (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of) AS n_overdue
FROM checklist_row
WHERE checklist_row.year = :year AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY checklist_row.code, checklist_row.unit) AS counted JOIN item ON item.year = :year AND item.code = counted.code GROUP BY counted.part, item.template, item.section ORDER BY counted.part, item.template, item.section
"""

TOTALS_BY_MONTH = """SELECT counted.part, item.template, item.section, sum(counted.n_rows) AS sum_1, sum(counted.n_done) AS sum_2, sum(counted.n_partial) AS sum_3, sum(counted.n_open) AS sum_4, sum(counted.n_na) AS sum_5, sum(counted.n_late) AS sum_6, sum(counted.n_undated) AS sum_7, sum(counted.n_overdue) AS sum_8, sum((counted.n_rows - counted.n_na) * item.weight) AS sum_9, sum(counted.n_done * item.weight) AS sum_10
FROM (SELECT checklist_row.code AS code, substr(checklist_row.due, 1, 7) AS part, count(*) AS n_rows, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of)) AS n_done, count(*) FILTER (WHERE checklist_row.state = 'partial') AS n_partial, count(*) FILTER (WHERE checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of) AS n_open, count(*) FILTER (WHERE checklist_row.state = 'na') AS n_na, count(*) FILTER (WHERE checklist_row.state = 'done' AND (checklist_row.done_on IS NULL OR checklist_row.done_on <= :as_of) AND checklist_row.done_on > checklist_row.due) AS n_late, count(*) FILTER (WHERE checklist_row.state = 'done' AND checklist_row.done_on IS NULL) AS n_undated, count(*) FILTER (WHERE (checklist_row.state = 'open' OR checklist_row.state = 'done' AND checklist_row.done_on > :as_of OR checklist_row.state = 'partial') AND checklist_row.due < :as_of) AS n_overdue
FROM checklist_row
WHERE checklist_row.year = :year AND (checklist_row.occasion IS NULL OR checklist_row.begins <= :as_of) GROUP BY checklist_row.code, substr(checklist_row.due, 1, 7)) AS counted JOIN item ON item.year = :year AND item.code = counted.code GROUP BY counted.part, item.template, item.section ORDER BY counted.part, item.template, item.section
"""

NOTE_OF = """SELECT note.n, note.text, note.person, note.on_date
FROM note
WHERE note.year = :year AND note.ref = :ref ORDER BY note.n
"""

FIGURE_OF_YEAR = """SELECT figure.year, figure."key", figure.place, figure.title_zh, figure.title_en, figure.measure_zh, figure.measure_en, figure.adds, figure.section
FROM figure
WHERE figure.year = :year ORDER BY figure.place, figure."key"
"""

FIGURE_LAST_PLACE = """SELECT max(figure.place) AS max_1
FROM figure
WHERE figure.year = :year
"""

FIGURE_ENTRY_OF_YEAR = """SELECT figure_entry.year, figure_entry."key", figure_entry.n, figure_entry.digits, figure_entry.multiple, figure_entry.on_date, figure_entry.from_date, figure_entry.to_date, figure_entry.qualifier, figure_entry.unit, figure_entry.note, figure_entry.person
FROM figure_entry
WHERE figure_entry.year = :year ORDER BY figure_entry."key", figure_entry.n
"""

FIGURE_ENTRY_OF = """SELECT figure_entry.year, figure_entry."key", figure_entry.n, figure_entry.digits, figure_entry.multiple, figure_entry.on_date, figure_entry.from_date, figure_entry.to_date, figure_entry.qualifier, figure_entry.unit, figure_entry.note, figure_entry.person
FROM figure_entry
WHERE figure_entry.year = :year AND figure_entry."key" = :key ORDER BY figure_entry.n
"""

CHECKLIST_ROW_INSERT_BULK = """INSERT INTO checklist_row (year, ref, code, unit, period, occasion, happening, begins, due, state, left_to_do, why, done_on, done_by, recorded_on, assignee, review) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""

ITEM_INSERT_BULK = """INSERT INTO item (year, code, template, kind, level, title_zh, title_en, weight, section, due_from, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
