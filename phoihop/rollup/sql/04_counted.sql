-- The rules: which of the sums count, whether they climb, and which term (`taken`) a window's values enter, if any.
SELECT
    t.term_id, p.node_id, p.fit, c.climbs, s.indicator_id,
    CAST(SUM(s.total) AS BIGINT) AS total,
    CAST(SUM(s.reported) AS BIGINT) AS reported,
    CAST(SUM(s.not_applicable) AS BIGINT) AS not_applicable
FROM lowest s
JOIN place p ON p.place_id = s.place_id
JOIN counts c ON c.indicator_id = s.indicator_id AND c.duty_id = p.duty_id AND c.consolidated = s.consolidated
JOIN taken t ON t.slot_id = p.slot_id AND t.indicator_id = s.indicator_id
GROUP BY t.term_id, p.node_id, p.fit, c.climbs, s.indicator_id
