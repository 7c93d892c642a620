"""SQLite's SQL for the statements and tables of a diary file.

Compiled from `statements` and `tables` by `.ci/statements.py`: edit those, and run it again.
"""

from tracker.store.connection import Statement

# fmt: off

PRACTICES = Statement(
    'PRACTICES',
    'SELECT practice.id, practice."key", practice.name, practice.question, practice.unit, practice.step, practice.position, practice.overlap, practice.added_on, practice.updated_at \n'
    'FROM practice ORDER BY practice.position, practice.id',
    columns=('id', 'key', 'name', 'question', 'unit', 'step', 'position', 'overlap', 'added_on', 'updated_at'),
    days=(8,),
    flags=(7,),
)

PRACTICE_IDS = Statement(
    'PRACTICE_IDS',
    'SELECT practice.id \n'
    'FROM practice',
    columns=('id',),
)

GOALS = Statement(
    'GOALS',
    'SELECT goal.practice_id, goal.from_day, goal.amount, goal.days_per_week, goal.updated_at \n'
    'FROM goal ORDER BY goal.from_day',
    columns=('practice_id', 'from_day', 'amount', 'days_per_week', 'updated_at'),
    days=(1,),
)

SPANS = Statement(
    'SPANS',
    'SELECT out_of_list.practice_id, out_of_list.from_day, out_of_list.to_day, out_of_list.updated_at \n'
    'FROM out_of_list ORDER BY out_of_list.from_day',
    columns=('practice_id', 'from_day', 'to_day', 'updated_at'),
    days=(1, 2),
)

APP_STATE = Statement(
    'APP_STATE',
    'SELECT kept."key", kept.value, kept.updated_at \n'
    'FROM kept ORDER BY kept."key"',
    columns=('key', 'value', 'updated_at'),
)

DIARY_ID = Statement(
    'DIARY_ID',
    'SELECT diary_id.id \n'
    'FROM diary_id ORDER BY diary_id.id',
    columns=('id',),
)

ENTRIES = Statement(
    'ENTRIES',
    'SELECT entry.day, entry.practice_id, entry.state, entry.amount, entry.note, entry.logged_at, entry.updated_at \n'
    'FROM entry JOIN practice ON practice.id = entry.practice_id \n'
    "WHERE entry.day >= ? AND entry.day <= ? AND entry.state != 'cleared' ORDER BY entry.day, practice.position, practice.id",
    parameters=('first', 'last'),
    columns=('day', 'practice_id', 'state', 'amount', 'note', 'logged_at', 'updated_at'),
    days=(0,),
)

ENTRIES_OF = Statement(
    'ENTRIES_OF',
    'SELECT entry.day, entry.practice_id, entry.state, entry.amount, entry.note, entry.logged_at, entry.updated_at \n'
    'FROM entry \n'
    "WHERE entry.practice_id = ? AND entry.state != 'cleared' ORDER BY entry.day",
    parameters=('practice_id',),
    columns=('day', 'practice_id', 'state', 'amount', 'note', 'logged_at', 'updated_at'),
    days=(0,),
)

ENTRIES_ON = Statement(
    'ENTRIES_ON',
    'SELECT entry.day, entry.practice_id, entry.state, entry.amount, entry.note, entry.logged_at, entry.updated_at \n'
    'FROM entry JOIN practice ON practice.id = entry.practice_id \n'
    "WHERE entry.day IN (__[POSTCOMPILE_days]) AND entry.state != 'cleared' ORDER BY entry.day DESC, practice.position, practice.id",
    parameters=('days',),
    lists=('days',),
    columns=('day', 'practice_id', 'state', 'amount', 'note', 'logged_at', 'updated_at'),
    days=(0,),
)

ENTRY_TUPLES = Statement(
    'ENTRY_TUPLES',
    'SELECT CAST(entry.day AS TEXT) AS day, entry.practice_id, entry.state, entry.amount, entry.note, entry.logged_at \n'
    'FROM entry JOIN practice ON practice.id = entry.practice_id \n'
    "WHERE entry.day >= ? AND entry.day <= ? AND entry.state != 'cleared' ORDER BY entry.day, practice.position, practice.id",
    parameters=('first', 'last'),
    columns=('day', 'practice_id', 'state', 'amount', 'note', 'logged_at'),
)

STORED_ENTRIES = Statement(
    'STORED_ENTRIES',
    'SELECT entry.day, entry.practice_id, entry.state, entry.amount, entry.note, entry.logged_at, entry.updated_at \n'
    'FROM entry \n'
    'WHERE entry.day >= ? AND entry.day <= ?',
    parameters=('first', 'last'),
    columns=('day', 'practice_id', 'state', 'amount', 'note', 'logged_at', 'updated_at'),
    days=(0,),
)

STORED_ENTRIES_OF = Statement(
    'STORED_ENTRIES_OF',
    'SELECT entry.day, entry.practice_id, entry.state, entry.amount, entry.note, entry.logged_at, entry.updated_at \n'
    'FROM entry \n'
    'WHERE entry.day >= ? AND entry.day <= ? AND entry.practice_id IN (__[POSTCOMPILE_practice_ids])',
    parameters=('first', 'last', 'practice_ids'),
    lists=('practice_ids',),
    columns=('day', 'practice_id', 'state', 'amount', 'note', 'logged_at', 'updated_at'),
    days=(0,),
)

ALL_ENTRIES = Statement(
    'ALL_ENTRIES',
    'SELECT entry.day, entry.practice_id, entry.state, entry.amount, entry.note, entry.logged_at, entry.updated_at \n'
    'FROM entry JOIN practice ON practice.id = entry.practice_id ORDER BY entry.day, entry.practice_id',
    columns=('day', 'practice_id', 'state', 'amount', 'note', 'logged_at', 'updated_at'),
    days=(0,),
)

STATES_BY_DAY = Statement(
    'STATES_BY_DAY',
    'SELECT entry.day, entry.state, entry.amount \n'
    'FROM entry \n'
    "WHERE entry.practice_id = ? AND entry.day >= ? AND entry.day <= ? AND entry.state != 'cleared' ORDER BY entry.day",
    parameters=('practice_id', 'first', 'last'),
    columns=('day', 'state', 'amount'),
    days=(0,),
)

LIVED_DAYS = Statement(
    'LIVED_DAYS',
    'SELECT entry.day \n'
    'FROM entry \n'
    "WHERE entry.practice_id = ? AND entry.day >= ? AND entry.day <= ? AND entry.state = 'logged' AND (entry.amount > 0 OR entry.note != '')",
    parameters=('practice_id', 'first', 'last'),
    columns=('day',),
    days=(0,),
)

ANY_ENTRY = Statement(
    'ANY_ENTRY',
    'SELECT entry.day \n'
    'FROM entry\n'
    ' LIMIT 1 OFFSET 0',
    columns=('day',),
    days=(0,),
)

FIRST_DAYS = Statement(
    'FIRST_DAYS',
    'SELECT practice.id, (SELECT entry.day \n'
    'FROM entry \n'
    "WHERE entry.practice_id = practice.id AND entry.state != 'cleared' ORDER BY entry.day\n"
    ' LIMIT 1 OFFSET 0) AS day \n'
    'FROM practice',
    columns=('id', 'day'),
    days=(1,),
)

EVENINGS = Statement(
    'EVENINGS',
    'SELECT evening.day, evening.calm, evening.note, evening.logged_at, evening.updated_at \n'
    'FROM evening \n'
    'WHERE evening.day >= ? AND evening.day <= ? ORDER BY evening.day',
    parameters=('first', 'last'),
    columns=('day', 'calm', 'note', 'logged_at', 'updated_at'),
    days=(0,),
)

EVENINGS_ON = Statement(
    'EVENINGS_ON',
    'SELECT evening.day, evening.calm, evening.note, evening.logged_at, evening.updated_at \n'
    'FROM evening \n'
    'WHERE evening.day IN (__[POSTCOMPILE_days])',
    parameters=('days',),
    lists=('days',),
    columns=('day', 'calm', 'note', 'logged_at', 'updated_at'),
    days=(0,),
)

ALL_EVENINGS = Statement(
    'ALL_EVENINGS',
    'SELECT evening.day, evening.calm, evening.note, evening.logged_at, evening.updated_at \n'
    'FROM evening ORDER BY evening.day',
    columns=('day', 'calm', 'note', 'logged_at', 'updated_at'),
    days=(0,),
)

ANY_EVENING = Statement(
    'ANY_EVENING',
    'SELECT evening.day \n'
    'FROM evening\n'
    ' LIMIT 1 OFFSET 0',
    columns=('day',),
    days=(0,),
)

RATED_DAYS = Statement(
    'RATED_DAYS',
    'SELECT evening.day \n'
    'FROM evening \n'
    'WHERE evening.day >= ? AND evening.day <= ? AND evening.calm BETWEEN ? AND ?',
    parameters=('first', 'last', 'lowest', 'highest'),
    columns=('day',),
    days=(0,),
)

RATINGS = Statement(
    'RATINGS',
    'SELECT evening.day, evening.logged_at \n'
    'FROM evening \n'
    'WHERE evening.day <= ? AND evening.calm IS NOT NULL ORDER BY evening.day',
    parameters=('last',),
    columns=('day', 'logged_at'),
    days=(0,),
)

RATINGS_BEFORE = Statement(
    'RATINGS_BEFORE',
    'SELECT evening.day, evening.calm, evening.note, evening.logged_at, evening.updated_at \n'
    'FROM evening \n'
    'WHERE evening.day < ? AND evening.calm IS NOT NULL ORDER BY evening.day DESC\n'
    ' LIMIT 7 OFFSET 0',
    parameters=('first',),
    columns=('day', 'calm', 'note', 'logged_at', 'updated_at'),
    days=(0,),
)

LATEST_DAYS = Statement(
    'LATEST_DAYS',
    'SELECT evening.day \n'
    'FROM evening \n'
    "WHERE evening.day >= ? AND evening.day <= ? AND (evening.calm IS NOT NULL OR evening.note != '') UNION SELECT entry.day \n"
    'FROM entry \n'
    "WHERE entry.day >= ? AND entry.day <= ? AND entry.state != 'cleared' ORDER BY day DESC\n"
    ' LIMIT ? OFFSET 0',
    parameters=('first', 'last', 'first', 'last', 'most'),
    columns=('day',),
    days=(0,),
)

NOTES = Statement(
    'NOTES',
    'SELECT entry.day, entry.practice_id, entry.note \n'
    'FROM entry JOIN practice ON practice.id = entry.practice_id \n'
    "WHERE entry.state != 'cleared' AND entry.day >= ? AND entry.day <= ? AND entry.note != '' AND ((entry.note LIKE '%' || ? || '%') OR (entry.note LIKE '%' || ? || '%')) UNION ALL SELECT evening.day, NULL AS anon_1, evening.note \n"
    'FROM evening \n'
    "WHERE evening.day >= ? AND evening.day <= ? AND evening.note != '' AND ((evening.note LIKE '%' || ? || '%') OR (evening.note LIKE '%' || ? || '%')) ORDER BY day, practice_id NULLS FIRST",
    parameters=('first', 'last', 'sign', 'or_sign', 'first', 'last', 'sign', 'or_sign'),
    columns=('day', 'practice_id', 'note'),
    days=(0,),
)

REASONS_WITH = Statement(
    'REASONS_WITH',
    'SELECT entry.day, entry.practice_id, entry.state \n'
    'FROM entry \n'
    "WHERE (entry.state = 'rest' OR entry.amount = 0 OR entry.amount IS NULL) AND ((entry.note LIKE '%' || ? || '%') OR (entry.note LIKE '%' || ? || '%'))",
    parameters=('sign', 'or_sign'),
    columns=('day', 'practice_id', 'state'),
    days=(0,),
)

SETTLED = Statement(
    'SETTLED',
    'SELECT practice.id, (SELECT streak_state.state \n'
    'FROM streak_state \n'
    'WHERE streak_state.practice_id = practice.id AND streak_state.settled_day < ? ORDER BY streak_state.settled_day DESC\n'
    ' LIMIT 1 OFFSET 0) AS state \n'
    'FROM practice',
    parameters=('before',),
    columns=('id', 'state'),
)

LAST_CACHED_DAYS = Statement(
    'LAST_CACHED_DAYS',
    'SELECT practice.id, (SELECT max(streak_state.settled_day) AS max_1 \n'
    'FROM streak_state \n'
    'WHERE streak_state.practice_id = practice.id) AS day \n'
    'FROM practice',
    columns=('id', 'day'),
    days=(1,),
)

STREAK_STATES = Statement(
    'STREAK_STATES',
    'SELECT streak_state.settled_day, streak_state.state \n'
    'FROM streak_state \n'
    'WHERE streak_state.practice_id = ? ORDER BY streak_state.settled_day',
    parameters=('practice_id',),
    columns=('settled_day', 'state'),
    days=(0,),
)

DELETE_STREAK_STATES = Statement(
    'DELETE_STREAK_STATES',
    'DELETE FROM streak_state WHERE streak_state.practice_id IN (__[POSTCOMPILE_practice_ids])',
    parameters=('practice_ids',),
    lists=('practice_ids',),
)

DELETE_STREAK_STATES_SINCE = Statement(
    'DELETE_STREAK_STATES_SINCE',
    'DELETE FROM streak_state WHERE streak_state.practice_id IN (__[POSTCOMPILE_practice_ids]) AND streak_state.settled_day >= ?',
    parameters=('practice_ids', 'since'),
    lists=('practice_ids',),
)

NEWEST_STEPS = Statement(
    'NEWEST_STEPS',
    'SELECT change.id, change.at, change.what, change.undone \n'
    'FROM change \n'
    'WHERE change.undone = 0 ORDER BY change.id DESC\n'
    ' LIMIT ? OFFSET 0',
    parameters=('most',),
    columns=('id', 'at', 'what', 'undone'),
    flags=(3,),
)

NEWEST_STEP = Statement(
    'NEWEST_STEP',
    'SELECT change.id, change.undone \n'
    'FROM change ORDER BY change.id DESC\n'
    ' LIMIT 1 OFFSET 0',
    columns=('id', 'undone'),
    flags=(1,),
)

OLDEST_UNDONE = Statement(
    'OLDEST_UNDONE',
    'SELECT change.id \n'
    'FROM change \n'
    'WHERE change.id > ? ORDER BY change.id\n'
    ' LIMIT 1 OFFSET 0',
    parameters=('number',),
    columns=('id',),
)

STEP = Statement(
    'STEP',
    'SELECT change.what, change.at \n'
    'FROM change \n'
    'WHERE change.id = ?',
    parameters=('number',),
    columns=('what', 'at'),
)

INSERT_STEP = Statement(
    'INSERT_STEP',
    'INSERT INTO change (at, what, undone) VALUES (?, ?, ?) RETURNING id',
    parameters=('at', 'what', 'undone'),
    columns=('id',),
)

SET_UNDONE = Statement(
    'SET_UNDONE',
    'UPDATE change SET undone=? WHERE change.id = ?',
    parameters=('is_undone', 'number'),
)

DELETE_STEP = Statement(
    'DELETE_STEP',
    'DELETE FROM change WHERE change.id = ?',
    parameters=('number',),
)

DELETE_STEPS_AFTER = Statement(
    'DELETE_STEPS_AFTER',
    'DELETE FROM change WHERE change.id > ?',
    parameters=('number',),
)

STEP_ROWS = Statement(
    'STEP_ROWS',
    'SELECT change_row.kind, change_row."key", change_row.day, change_row."before", change_row.updated_at \n'
    'FROM change_row \n'
    'WHERE change_row.change_id = ?',
    parameters=('number',),
    columns=('kind', 'key', 'day', 'before', 'updated_at'),
)

STEP_ROW_KEYS = Statement(
    'STEP_ROW_KEYS',
    'SELECT change_row.kind, change_row."key", change_row.day, CASE WHEN (change_row.kind = \'practice\') THEN change_row."before" END AS "before", NULL AS updated_at \n'
    'FROM change_row \n'
    'WHERE change_row.change_id = ?',
    parameters=('number',),
    columns=('kind', 'key', 'day', 'before', 'updated_at'),
)

ENTRIES_BEFORE_STEPS = Statement(
    'ENTRIES_BEFORE_STEPS',
    'SELECT change_row."key", change_row.day, change_row."before" \n'
    'FROM change_row JOIN change ON change.id = change_row.change_id \n'
    "WHERE change.undone = 0 AND change_row.kind = 'entry' AND change_row.day BETWEEN ? AND ? ORDER BY change.id",
    parameters=('first_text', 'last_text'),
    columns=('key', 'day', 'before'),
)

EVENING_BEFORE_STEPS = Statement(
    'EVENING_BEFORE_STEPS',
    'SELECT change_row."before" \n'
    'FROM change_row JOIN change ON change.id = change_row.change_id \n'
    "WHERE change.undone = 0 AND change_row.kind = 'evening' AND change_row.day = ? ORDER BY change.id",
    parameters=('day_text',),
    columns=('before',),
)

DELETE_STEP_ROWS = Statement(
    'DELETE_STEP_ROWS',
    'DELETE FROM change_row WHERE change_row.change_id = ?',
    parameters=('number',),
)

CONFLICTS = Statement(
    'CONFLICTS',
    'SELECT conflict_record.id, conflict_record.at, conflict_record.source, conflict_record.kind, conflict_record."key", conflict_record.day, conflict_record.content \n'
    'FROM conflict_record ORDER BY conflict_record.id DESC',
    columns=('id', 'at', 'source', 'kind', 'key', 'day', 'content'),
)

CONFLICTS_OF = Statement(
    'CONFLICTS_OF',
    'SELECT conflict_record.kind, conflict_record."key", conflict_record.day, conflict_record.content \n'
    'FROM conflict_record',
    columns=('kind', 'key', 'day', 'content'),
)

CONFLICTS_ON = Statement(
    'CONFLICTS_ON',
    'SELECT conflict_record.kind, conflict_record."key", conflict_record.day, conflict_record.content \n'
    'FROM conflict_record \n'
    'WHERE conflict_record.day IN (__[POSTCOMPILE_days])',
    parameters=('days',),
    lists=('days',),
    columns=('kind', 'key', 'day', 'content'),
)

CORRECT_ADDED_ON = Statement(
    'CORRECT_ADDED_ON',
    'UPDATE practice SET added_on=? WHERE practice.added_on > ? RETURNING id',
    parameters=('today', 'today'),
    columns=('id',),
)

CORRECT_BEGUN_ON = Statement(
    'CORRECT_BEGUN_ON',
    'UPDATE kept SET value=? WHERE kept."key" = \'begun_on\' AND kept.value > ?',
    parameters=('day', 'day'),
)

DELETE_PRACTICE = Statement(
    'DELETE_PRACTICE',
    'DELETE FROM practice WHERE practice.id = ?',
    parameters=('practice_id',),
)

DELETE_GOALS_OF = Statement(
    'DELETE_GOALS_OF',
    'DELETE FROM goal WHERE goal.practice_id = ?',
    parameters=('practice_id',),
)

DELETE_SPANS_OF = Statement(
    'DELETE_SPANS_OF',
    'DELETE FROM out_of_list WHERE out_of_list.practice_id = ?',
    parameters=('practice_id',),
)

DELETE_ENTRIES_OF = Statement(
    'DELETE_ENTRIES_OF',
    'DELETE FROM entry WHERE entry.practice_id = ?',
    parameters=('practice_id',),
)

DELETE_APP_STATE = Statement(
    'DELETE_APP_STATE',
    'DELETE FROM kept WHERE kept."key" = ?',
    parameters=('key',),
)

DELETE_ENTRY = Statement(
    'DELETE_ENTRY',
    'DELETE FROM entry WHERE entry.day = ? AND entry.practice_id = ?',
    parameters=('day', 'practice_id'),
)

DELETE_EVENING = Statement(
    'DELETE_EVENING',
    'DELETE FROM evening WHERE evening.day = ?',
    parameters=('day',),
)

INSERT_CONFLICT = Statement(
    'INSERT_CONFLICT',
    'INSERT INTO conflict_record (at, source, kind, "key", day, content) VALUES (?, ?, ?, ?, ?, ?)',
    parameters=('at', 'source', 'kind', 'key', 'day', 'content'),
)

UPSERT_PRACTICE = Statement(
    'UPSERT_PRACTICE',
    'INSERT INTO practice (id, "key", name, question, unit, step, position, overlap, added_on, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "key" = excluded."key", name = excluded.name, question = excluded.question, unit = excluded.unit, step = excluded.step, position = excluded.position, overlap = excluded.overlap, added_on = excluded.added_on, updated_at = excluded.updated_at',
    parameters=('id', 'key', 'name', 'question', 'unit', 'step', 'position', 'overlap', 'added_on', 'updated_at'),
)

UPSERT_GOAL = Statement(
    'UPSERT_GOAL',
    'INSERT INTO goal (practice_id, from_day, amount, days_per_week, updated_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (practice_id, from_day) DO UPDATE SET amount = excluded.amount, days_per_week = excluded.days_per_week, updated_at = excluded.updated_at',
    parameters=('practice_id', 'from_day', 'amount', 'days_per_week', 'updated_at'),
)

UPSERT_OUT_OF_LIST = Statement(
    'UPSERT_OUT_OF_LIST',
    'INSERT INTO out_of_list (practice_id, from_day, to_day, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT (practice_id, from_day) DO UPDATE SET to_day = excluded.to_day, updated_at = excluded.updated_at',
    parameters=('practice_id', 'from_day', 'to_day', 'updated_at'),
)

UPSERT_ENTRY = Statement(
    'UPSERT_ENTRY',
    'INSERT INTO entry (day, practice_id, state, amount, note, logged_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, practice_id) DO UPDATE SET state = excluded.state, amount = excluded.amount, note = excluded.note, logged_at = excluded.logged_at, updated_at = excluded.updated_at',
    parameters=('day', 'practice_id', 'state', 'amount', 'note', 'logged_at', 'updated_at'),
)

UPSERT_EVENING = Statement(
    'UPSERT_EVENING',
    'INSERT INTO evening (day, calm, note, logged_at, updated_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (day) DO UPDATE SET calm = excluded.calm, note = excluded.note, logged_at = excluded.logged_at, updated_at = excluded.updated_at',
    parameters=('day', 'calm', 'note', 'logged_at', 'updated_at'),
)

UPSERT_KEPT = Statement(
    'UPSERT_KEPT',
    'INSERT INTO kept ("key", value, updated_at) VALUES (?, ?, ?) ON CONFLICT ("key") DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at',
    parameters=('key', 'value', 'updated_at'),
)

UPSERT_STREAK_STATE = Statement(
    'UPSERT_STREAK_STATE',
    'INSERT INTO streak_state (practice_id, settled_day, state) VALUES (?, ?, ?) ON CONFLICT (practice_id, settled_day) DO UPDATE SET state = excluded.state',
    parameters=('practice_id', 'settled_day', 'state'),
)

INSERT_STEP_ROW = Statement(
    'INSERT_STEP_ROW',
    'INSERT INTO change_row (change_id, kind, "key", day, "before", updated_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    parameters=('change_id', 'kind', 'key', 'day', 'before', 'updated_at'),
)

CREATE_TABLES = {
    'change': 'CREATE TABLE change (\n'
    '\tid INTEGER NOT NULL, \n'
    '\tat TEXT NOT NULL, \n'
    '\twhat TEXT NOT NULL, \n'
    '\tundone BOOLEAN NOT NULL, \n'
    '\tCONSTRAINT pk_change PRIMARY KEY (id)\n'
    ')',
    'conflict_record': 'CREATE TABLE conflict_record (\n'
    '\tid INTEGER NOT NULL, \n'
    '\tat TEXT NOT NULL, \n'
    '\tsource TEXT NOT NULL, \n'
    '\tkind TEXT NOT NULL, \n'
    '\t"key" TEXT NOT NULL, \n'
    '\tday TEXT NOT NULL, \n'
    '\tcontent TEXT NOT NULL, \n'
    '\tCONSTRAINT pk_conflict_record PRIMARY KEY (id), \n'
    "\tCONSTRAINT ck_conflict_record_kind CHECK (kind IN ('entry', 'evening', 'practice', 'kept'))\n"
    ')',
    'diary_id': 'CREATE TABLE diary_id (\n'
    '\tid TEXT NOT NULL, \n'
    '\tCONSTRAINT pk_diary_id PRIMARY KEY (id)\n'
    ')',
    'evening': 'CREATE TABLE evening (\n'
    '\tday DATE NOT NULL, \n'
    '\tcalm INTEGER, \n'
    '\tnote TEXT NOT NULL, \n'
    '\tlogged_at TEXT, \n'
    '\tupdated_at TEXT NOT NULL, \n'
    '\tCONSTRAINT pk_evening PRIMARY KEY (day), \n'
    '\tCONSTRAINT ck_evening_calm CHECK (calm BETWEEN 0 AND 10)\n'
    ')',
    'kept': 'CREATE TABLE kept (\n'
    '\t"key" TEXT NOT NULL, \n'
    '\tvalue TEXT NOT NULL, \n'
    '\tupdated_at TEXT NOT NULL, \n'
    '\tCONSTRAINT pk_kept PRIMARY KEY ("key")\n'
    ')',
    'practice': 'CREATE TABLE practice (\n'
    '\tid TEXT NOT NULL, \n'
    '\t"key" TEXT, \n'
    '\tname TEXT NOT NULL, \n'
    '\tquestion TEXT NOT NULL, \n'
    '\tunit TEXT NOT NULL, \n'
    '\tstep INTEGER NOT NULL, \n'
    '\tposition INTEGER NOT NULL, \n'
    '\toverlap BOOLEAN NOT NULL, \n'
    '\tadded_on DATE NOT NULL, \n'
    '\tupdated_at TEXT NOT NULL, \n'
    '\tCONSTRAINT pk_practice PRIMARY KEY (id), \n'
    '\tCONSTRAINT ck_practice_key CHECK (length(key) = 1), \n'
    "\tCONSTRAINT ck_practice_unit CHECK (unit IN ('yes/no', 'times', 'minutes')), \n"
    '\tCONSTRAINT ck_practice_step CHECK (step > 0)\n'
    ')',
    'change_row': 'CREATE TABLE change_row (\n'
    '\tchange_id INTEGER NOT NULL, \n'
    '\tkind TEXT NOT NULL, \n'
    '\t"key" TEXT NOT NULL, \n'
    '\tday TEXT NOT NULL, \n'
    '\t"before" TEXT, \n'
    '\tupdated_at TEXT, \n'
    '\tCONSTRAINT pk_change_row PRIMARY KEY (change_id, kind, "key", day), \n'
    "\tCONSTRAINT ck_change_row_kind CHECK (kind IN ('entry', 'evening', 'practice', 'kept')), \n"
    '\tCONSTRAINT fk_change_row_change_id_change FOREIGN KEY(change_id) REFERENCES change (id) ON DELETE CASCADE\n'
    ')\n'
    ' WITHOUT ROWID',
    'entry': 'CREATE TABLE entry (\n'
    '\tday DATE NOT NULL, \n'
    '\tpractice_id TEXT NOT NULL, \n'
    '\tstate TEXT NOT NULL, \n'
    '\tamount INTEGER, \n'
    '\tnote TEXT NOT NULL, \n'
    '\tlogged_at TEXT, \n'
    '\tupdated_at TEXT NOT NULL, \n'
    '\tCONSTRAINT pk_entry PRIMARY KEY (day, practice_id), \n'
    "\tCONSTRAINT ck_entry_state CHECK (state IN ('logged', 'rest', 'cleared')), \n"
    '\tCONSTRAINT ck_entry_amount CHECK (amount >= 0), \n'
    "\tCONSTRAINT ck_entry_cleared_says_nothing CHECK (state <> 'cleared' OR (amount IS NULL AND note = '')), \n"
    '\tCONSTRAINT fk_entry_practice_id_practice FOREIGN KEY(practice_id) REFERENCES practice (id)\n'
    ')\n'
    ' WITHOUT ROWID',
    'goal': 'CREATE TABLE goal (\n'
    '\tpractice_id TEXT NOT NULL, \n'
    '\tfrom_day DATE NOT NULL, \n'
    '\tamount INTEGER NOT NULL, \n'
    '\tdays_per_week INTEGER NOT NULL, \n'
    '\tupdated_at TEXT NOT NULL, \n'
    '\tCONSTRAINT pk_goal PRIMARY KEY (practice_id, from_day), \n'
    '\tCONSTRAINT ck_goal_amount CHECK (amount > 0), \n'
    '\tCONSTRAINT ck_goal_days_per_week CHECK (days_per_week BETWEEN 1 AND 7), \n'
    '\tCONSTRAINT fk_goal_practice_id_practice FOREIGN KEY(practice_id) REFERENCES practice (id)\n'
    ')',
    'out_of_list': 'CREATE TABLE out_of_list (\n'
    '\tpractice_id TEXT NOT NULL, \n'
    '\tfrom_day DATE NOT NULL, \n'
    '\tto_day DATE, \n'
    '\tupdated_at TEXT NOT NULL, \n'
    '\tCONSTRAINT pk_out_of_list PRIMARY KEY (practice_id, from_day), \n'
    '\tCONSTRAINT ck_out_of_list_to_day CHECK (to_day >= from_day), \n'
    '\tCONSTRAINT fk_out_of_list_practice_id_practice FOREIGN KEY(practice_id) REFERENCES practice (id)\n'
    ')',
    'streak_state': 'CREATE TABLE streak_state (\n'
    '\tpractice_id TEXT NOT NULL, \n'
    '\tsettled_day DATE NOT NULL, \n'
    '\tstate TEXT NOT NULL, \n'
    '\tCONSTRAINT pk_streak_state PRIMARY KEY (practice_id, settled_day), \n'
    '\tCONSTRAINT fk_streak_state_practice_id_practice FOREIGN KEY(practice_id) REFERENCES practice (id)\n'
    ')',
}

CREATE_INDEXES = (
    'CREATE INDEX ix_entry_practice_id_day ON entry (practice_id, day)',
)
