BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE change (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	what TEXT NOT NULL, 
	undone BOOLEAN NOT NULL, 
	CONSTRAINT pk_change PRIMARY KEY (id)
);
INSERT INTO "change" VALUES(1,'2026-11-20T20:30:00.000000Z','log hug',0);
INSERT INTO "change" VALUES(2,'2026-11-20T20:30:00.000000Z','rate calm',0);
INSERT INTO "change" VALUES(3,'2026-11-20T20:40:00.000000Z','log hug',0);
INSERT INTO "change" VALUES(4,'2026-11-20T20:40:00.000000Z','merge b.db',0);
INSERT INTO "change" VALUES(5,'2026-11-21T20:40:00.000000Z','rest laughter',0);
INSERT INTO "change" VALUES(6,'2026-11-21T20:40:00.000000Z','rate calm',0);
INSERT INTO "change" VALUES(7,'2026-11-21T20:40:00.000000Z','clear hug',0);
INSERT INTO "change" VALUES(8,'2026-11-21T20:40:00.000000Z','practice tea',0);
INSERT INTO "change" VALUES(9,'2026-11-21T20:40:00.000000Z','log tea',0);
INSERT INTO "change" VALUES(10,'2026-11-21T20:40:00.000000Z','practice laughter',0);
INSERT INTO "change" VALUES(11,'2026-11-21T20:40:00.000000Z','support ',0);
INSERT INTO "change" VALUES(12,'2026-11-21T20:40:00.000000Z','coin ',0);
INSERT INTO "change" VALUES(13,'2026-11-22T20:40:00.000000Z','log hug',0);
INSERT INTO "change" VALUES(14,'2026-11-22T20:40:00.000000Z','rate calm',1);
CREATE TABLE change_row (
	change_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	day TEXT NOT NULL, 
	"before" TEXT, updated_at TEXT, 
	CONSTRAINT pk_change_row PRIMARY KEY (change_id, kind, "key", day), 
	CONSTRAINT fk_change_row_change_id_change FOREIGN KEY(change_id) REFERENCES change (id) ON DELETE CASCADE, 
	CONSTRAINT ck_change_row_kind CHECK (kind IN ('entry', 'evening', 'practice', 'kept'))
)
 WITHOUT ROWID

;
INSERT INTO "change_row" VALUES(1,'entry','hug','2026-11-20',NULL,NULL);
INSERT INTO "change_row" VALUES(2,'evening','calm','2026-11-20',NULL,NULL);
INSERT INTO "change_row" VALUES(3,'entry','hug','2026-11-20','{"amount": 2, "day": "2026-11-20", "logged_at": "2026-11-20T20:30:00Z", "note": "with Anna", "practice_id": "hug", "state": "logged"}','2026-11-20T20:30:00.000000Z');
INSERT INTO "change_row" VALUES(4,'entry','laughter','2026-11-20',NULL,NULL);
INSERT INTO "change_row" VALUES(5,'entry','laughter','2026-11-21',NULL,NULL);
INSERT INTO "change_row" VALUES(6,'evening','calm','2026-11-21',NULL,NULL);
INSERT INTO "change_row" VALUES(7,'entry','hug','2026-11-20','{"amount": 3, "day": "2026-11-20", "logged_at": "2026-11-20T20:40:00Z", "note": "long 🙂", "practice_id": "hug", "state": "logged"}','2026-11-20T20:40:00.000000Z');
INSERT INTO "change_row" VALUES(8,'practice','tea','',NULL,NULL);
INSERT INTO "change_row" VALUES(9,'entry','tea','2026-11-21',NULL,NULL);
INSERT INTO "change_row" VALUES(10,'practice','laughter','','{"goals": [{"amount": 1, "days_per_week": 5, "from_day": "2026-11-20", "practice_id": "laughter"}], "out_of_list": [], "practice": {"added_on": "2026-11-20", "id": "laughter", "key": "l", "name": "Laughter", "overlap": false, "position": 2, "question": "Did you laugh with someone today?", "step": 1, "unit": "yes/no"}}','1970-01-01T00:00:00.000000Z');
INSERT INTO "change_row" VALUES(11,'kept','support','',NULL,NULL);
INSERT INTO "change_row" VALUES(12,'kept','coin_months','',NULL,NULL);
INSERT INTO "change_row" VALUES(13,'entry','hug','2026-11-22',NULL,NULL);
INSERT INTO "change_row" VALUES(14,'evening','calm','2026-11-22','{"calm": 8, "day": "2026-11-22", "logged_at": "2026-11-22T20:40:00Z", "note": ""}','2026-11-22T20:40:00.000000Z');
CREATE TABLE conflict_record (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	source TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	day TEXT NOT NULL, 
	content TEXT NOT NULL, 
	CONSTRAINT pk_conflict_record PRIMARY KEY (id), 
	CONSTRAINT ck_conflict_record_kind CHECK (kind IN ('entry', 'evening', 'practice', 'kept'))
);
INSERT INTO "conflict_record" VALUES(1,'2026-11-20T20:40:00.000000Z','merge b.db','entry','hug','2026-11-20','{"amount": 1, "day": "2026-11-20", "logged_at": "2026-11-20T20:35:00Z", "note": "there", "practice_id": "hug", "state": "logged"}');
CREATE TABLE diary_id (
	id TEXT NOT NULL, 
	CONSTRAINT pk_diary_id PRIMARY KEY (id)
);
INSERT INTO "diary_id" VALUES('a7c6b08a6c8f7c16fc5d775c36a1612e');
CREATE TABLE entry (
	day DATE NOT NULL, 
	practice_id TEXT NOT NULL, 
	state TEXT NOT NULL, 
	amount INTEGER, 
	note TEXT NOT NULL, 
	logged_at TEXT, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_entry PRIMARY KEY (day, practice_id), 
	CONSTRAINT fk_entry_practice_id_practice FOREIGN KEY(practice_id) REFERENCES practice (id), 
	CONSTRAINT ck_entry_state CHECK (state IN ('logged', 'rest', 'cleared')), 
	CONSTRAINT ck_entry_amount CHECK (amount >= 0), 
	CONSTRAINT ck_entry_cleared_says_nothing CHECK (state <> 'cleared' OR (amount IS NULL AND note = ''))
)
 WITHOUT ROWID

;
INSERT INTO "entry" VALUES('2026-11-20','hug','logged',NULL,'long 🙂',NULL,'2026-11-21T20:40:00.000000Z');
INSERT INTO "entry" VALUES('2026-11-20','laughter','logged',1,'','2026-11-20T20:35:00Z','2026-11-20T20:35:00.000000Z');
INSERT INTO "entry" VALUES('2026-11-21','laughter','rest',NULL,'','2026-11-21T20:40:00Z','2026-11-21T20:40:00.000000Z');
INSERT INTO "entry" VALUES('2026-11-21','tea','logged',1,'','2026-11-21T20:40:00Z','2026-11-21T20:40:00.000000Z');
INSERT INTO "entry" VALUES('2026-11-22','hug','logged',1,'','2026-11-22T20:40:00Z','2026-11-22T20:40:00.000000Z');
CREATE TABLE evening (
	day DATE NOT NULL, 
	calm INTEGER, 
	note TEXT NOT NULL, 
	logged_at TEXT, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_evening PRIMARY KEY (day), 
	CONSTRAINT ck_evening_calm CHECK (calm BETWEEN 0 AND 10)
);
INSERT INTO "evening" VALUES('2026-11-20',7,'soft, «quiet» & ''fine''
second line','2026-11-20T20:30:00Z','2026-11-20T20:30:00.000000Z');
INSERT INTO "evening" VALUES('2026-11-21',4,'','2026-11-21T20:40:00Z','2026-11-21T20:40:00.000000Z');
CREATE TABLE goal (
	practice_id TEXT NOT NULL, 
	from_day DATE NOT NULL, 
	amount INTEGER NOT NULL, 
	days_per_week INTEGER NOT NULL, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_goal PRIMARY KEY (practice_id, from_day), 
	CONSTRAINT fk_goal_practice_id_practice FOREIGN KEY(practice_id) REFERENCES practice (id), 
	CONSTRAINT ck_goal_amount CHECK (amount > 0), 
	CONSTRAINT ck_goal_days_per_week CHECK (days_per_week BETWEEN 1 AND 7)
);
INSERT INTO "goal" VALUES('hug','2026-11-20',1,5,'1970-01-01T00:00:00.000000Z');
INSERT INTO "goal" VALUES('tea','2026-11-21',1,7,'2026-11-21T20:40:00.000000Z');
INSERT INTO "goal" VALUES('laughter','2026-11-20',1,5,'2026-11-21T20:40:00.000000Z');
CREATE TABLE kept (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_kept PRIMARY KEY ("key")
);
INSERT INTO "kept" VALUES('begun_on','"2026-11-20"','2026-11-20T20:30:00.000000Z');
INSERT INTO "kept" VALUES('welcomed','true','2026-11-20T20:30:00.000000Z');
INSERT INTO "kept" VALUES('support','["call Anna"]','2026-11-21T20:40:00.000000Z');
INSERT INTO "kept" VALUES('coin_months','[{"practice_id": "tea", "first": "2026-11-22", "last": "2026-12-19", "seed": 2374404343, "pairs": true}]','2026-11-21T20:40:00.000000Z');
CREATE TABLE out_of_list (
	practice_id TEXT NOT NULL, 
	from_day DATE NOT NULL, 
	to_day DATE, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_out_of_list PRIMARY KEY (practice_id, from_day), 
	CONSTRAINT fk_out_of_list_practice_id_practice FOREIGN KEY(practice_id) REFERENCES practice (id), 
	CONSTRAINT ck_out_of_list_to_day CHECK (to_day >= from_day)
);
INSERT INTO "out_of_list" VALUES('laughter','2026-11-21',NULL,'2026-11-21T20:40:00.000000Z');
CREATE TABLE practice (
	id TEXT NOT NULL, 
	"key" TEXT, 
	name TEXT NOT NULL, 
	question TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	step INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	overlap BOOLEAN NOT NULL, 
	added_on DATE NOT NULL, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_practice PRIMARY KEY (id), 
	CONSTRAINT ck_practice_key CHECK (length(key) = 1), 
	CONSTRAINT ck_practice_unit CHECK (unit IN ('yes/no', 'times', 'minutes')), 
	CONSTRAINT ck_practice_step CHECK (step > 0)
);
INSERT INTO "practice" VALUES('hug','h','Hug','How many hugs today? A pet counts, and so does a hand on your own heart.','times',1,1,0,'2026-11-20','1970-01-01T00:00:00.000000Z');
INSERT INTO "practice" VALUES('laughter','l','Laughter','Did you laugh with someone today?','yes/no',1,2,0,'2026-11-20','2026-11-21T20:40:00.000000Z');
INSERT INTO "practice" VALUES('tea','t','Tea','','yes/no',1,3,0,'2026-11-21','2026-11-21T20:40:00.000000Z');
CREATE TABLE streak_state (
	practice_id TEXT NOT NULL, 
	settled_day DATE NOT NULL, 
	state TEXT NOT NULL, 
	CONSTRAINT pk_streak_state PRIMARY KEY (practice_id, settled_day), 
	CONSTRAINT fk_streak_state_practice_id_practice FOREIGN KEY(practice_id) REFERENCES practice (id)
);
CREATE INDEX ix_entry_practice_id_day ON entry (practice_id, day);
COMMIT;
PRAGMA application_id=1667329133;
PRAGMA user_version=2;
