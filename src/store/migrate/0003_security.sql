-- 0003_security - field keys, second factors, alarms, requests about personal data.

-- Keys that seal values here: each with a known text sealed by it, so that a wrong key file is found
-- before anything is read or written with it. The keys themselves stand in a file outside.
CREATE TABLE seal_key (
  id {INT} PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('AES256_GCM', 'SM4_CTR_HMAC_SM3')),
  proof TEXT NOT NULL,
  made_at_ms {INT} NOT NULL
) {STRICT};

-- One TOTP secret (sealed) of an account; counts from confirmed_at_ms on. A code serves once: only steps
-- after last_step are taken.
CREATE TABLE second_factor (
  account_id {INT} PRIMARY KEY NOT NULL REFERENCES account (id),
  secret TEXT NOT NULL,
  made_at_ms {INT} NOT NULL,
  confirmed_at_ms {INT},
  last_step {INT} NOT NULL DEFAULT 0
) {STRICT};

CREATE TABLE recovery_code (
  id {PK},
  account_id {INT} NOT NULL REFERENCES account (id),
  code_digest TEXT NOT NULL,
  used_at_ms {INT}
) {STRICT};
CREATE UNIQUE INDEX recovery_code_key ON recovery_code (account_id, code_digest);

-- A counter that went over its threshold.
CREATE TABLE alarm (
  id {PK},
  kind TEXT NOT NULL CHECK (kind IN ('LOGIN', 'REFUSED', 'ODD')),
  at_ms {INT} NOT NULL,
  events_n {INT} NOT NULL,
  span_ms {INT} NOT NULL,
  remote TEXT,
  seen_at_ms {INT},
  seen_by {INT}
) {STRICT};
CREATE INDEX alarm_time ON alarm (at_ms);

-- What was asked about a person's data and what became of it. A hold keeps from erasure until its day.
CREATE TABLE person_request (
  id {PK},
  contact_id {INT} NOT NULL REFERENCES contact (id),
  kind TEXT NOT NULL CHECK (kind IN ('EXPORT', 'ERASE', 'HOLD', 'REFUSE')),
  reason TEXT,
  until_date TEXT,
  contacts_n {INT} NOT NULL DEFAULT 1,
  at_ms {INT} NOT NULL,
  account_id {INT},
  ended_at_ms {INT}
) {STRICT};
CREATE INDEX person_request_contact ON person_request (contact_id, id);
