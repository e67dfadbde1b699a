-- Values and reports due together, for one term. Units in force are carried to the map like a value.
-- A total with no number reported under it is missing, not 0.
SELECT
    g.area_id, g.indicator_id,
    CASE WHEN SUM(g.known) > 0 THEN CAST(SUM(g.total) AS BIGINT) END AS total,
    CASE WHEN SUM(g.known) > 0 THEN CAST(SUM(g.unallocated) AS BIGINT) END AS unallocated,
    CAST(SUM(g.reported) AS BIGINT) AS reported,
    CAST(SUM(g.expected) AS BIGINT) AS expected
FROM (
    SELECT
        area_id, indicator_id, total, unallocated, reported, 0 AS expected, reported - not_applicable AS known
    FROM climbed
    UNION ALL
    SELECT
        c.area_id, o.indicator_id, 0, 0, 0,
        CASE WHEN o.climbs = 1 THEN c.expected ELSE c.expected_itself END, 0
    FROM coverage c
    JOIN owes o ON o.duty_id = c.duty_id
    JOIN taken t ON t.slot_id = c.slot_id AND t.indicator_id = o.indicator_id
    UNION ALL
    SELECT
        c.area_id, m.indicator_id,
        10000 * CASE m.measure
            WHEN 'expected' THEN c.expected WHEN 'accepted' THEN c.accepted ELSE c.timely
        END,
        0, 0, 0, 1
    FROM coverage c
    JOIN taken t ON t.slot_id = c.slot_id
    JOIN measured m ON m.indicator_id = t.indicator_id
    UNION ALL
    SELECT
        a.area_id, u.indicator_id, 10000, CASE WHEN a.is_self = 1 AND n.fit = 0 THEN 10000 ELSE 0 END, 0, 0, 1
    FROM unit_in_force u
    JOIN node n ON n.area_id = u.area_id AND n.first_day <= u.last_day AND u.last_day < n.end_day
    JOIN ancestor a ON a.node_id = n.node_id
) g
GROUP BY g.area_id, g.indicator_id
HAVING SUM(g.known) > 0 OR SUM(g.reported) > 0 OR SUM(g.expected) > 0
