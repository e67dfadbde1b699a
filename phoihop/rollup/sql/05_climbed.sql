-- Every unit from the sums below it: total = own + totals of the children + unallocated.
-- fit: 2 the reporting unit itself, 1 wholly inside the unit, 0 only somewhere inside it (unallocated).
-- A distinct count does not climb: it stays at the unit that reported it.
SELECT
    s.term_id, a.area_id, s.indicator_id,
    CAST(SUM(s.total) AS BIGINT) AS total,
    CAST(SUM(CASE WHEN a.is_self = 1 AND s.fit > 0 THEN s.total ELSE 0 END) AS BIGINT) AS own,
    CAST(SUM(CASE WHEN a.is_self = 1 AND s.fit = 0 THEN s.total ELSE 0 END) AS BIGINT) AS unallocated,
    CAST(SUM(s.reported) AS BIGINT) AS reported,
    CAST(SUM(s.not_applicable) AS BIGINT) AS not_applicable
FROM counted s
JOIN ancestor a ON a.node_id = s.node_id
WHERE s.climbs = 1 OR (a.is_self = 1 AND s.fit = 2)
GROUP BY s.term_id, a.area_id, s.indicator_id
