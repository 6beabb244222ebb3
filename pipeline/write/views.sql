-- The usual questions, each a view. Names are those of entities; days are ISO 8601.

-- who holds which office, over all documents
CREATE VIEW office_holders AS
SELECT
  coalesce(e.name, o.person) AS person, o.role, o.role_category, coalesce(g.name, o.organisation) AS organisation,
  o.country, o.status, count(DISTINCT o.document) AS documents, min(d.published) AS first_published,
  max(d.published) AS last_published, min(o.document) AS document, o.person_id, o.role_id, o.organisation_id
FROM officials AS o
LEFT JOIN documents AS d ON d.document = o.document
LEFT JOIN entities AS e ON e.entity_id = o.person_id
LEFT JOIN entities AS g ON g.entity_id = o.organisation_id
GROUP BY o.person_id, o.role_id, o.organisation_id, o.country, o.status
ORDER BY person, role, organisation, o.country, o.status;

-- what takes place when
CREATE VIEW timeline AS
SELECT date_start, date_end, event, kind, place, country, participants, document, evidence, event_id
FROM events
WHERE date_start IS NOT NULL OR date_end IS NOT NULL
ORDER BY coalesce(date_start, date_end), date_end, document, start_char;

-- which places are named how often; latitude and longitude put them on a map
CREATE VIEW places AS
SELECT
  name, kind, country, country_name, latitude, longitude, count(*) AS mentions,
  count(DISTINCT document) AS documents, entity_id
FROM locations
GROUP BY entity_id, name, kind, country, country_name, latitude, longitude
ORDER BY mentions DESC, name;

-- how many treaties each holder has, the latest count first
CREATE VIEW treaty_counts_by_holder AS
SELECT
  t.holder, t.holder_country, t.count, t.qualifier, t.instrument, t.scope, t.subject, t.counterpart, t.status,
  coalesce(t.as_of, d.published) AS as_of, t.document, t.evidence
FROM treaty_counts AS t
LEFT JOIN documents AS d ON d.document = t.document
ORDER BY t.holder, coalesce(t.as_of, d.published) DESC, t.document, t.start_char;

-- who is a party to which treaty
CREATE VIEW parties AS
SELECT treaty, party, party_country, relation, min(date_start) AS since, count(DISTINCT document) AS documents
FROM treaties
GROUP BY treaty, party, party_country, relation
ORDER BY treaty, party, relation;

-- who met whom; what a document denies is left out
CREATE VIEW meetings AS
SELECT subject, object, modality, place, date_start, date_end, document, evidence
FROM facts
WHERE predicate = 'met_with' AND modality IS NOT 'negated'
ORDER BY date_start, document, start_char;

-- in which documents a person, an organisation or a place stands
CREATE VIEW entity_documents AS
SELECT e.name, e.label, m.document, d.title, d.published, count(*) AS mentions, m.entity_id
FROM mentions AS m
JOIN entities AS e ON e.entity_id = m.entity_id
LEFT JOIN documents AS d ON d.document = m.document
GROUP BY m.entity_id, m.document
ORDER BY e.name, m.entity_id, m.document;

-- which documents gave nothing, and why
CREATE VIEW unread_documents AS
SELECT document, status, message FROM documents WHERE status IS NOT 'ok' ORDER BY document;
