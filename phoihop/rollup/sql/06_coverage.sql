-- Reports due under every unit, by all that the rules ask about a report (duty); placed as values are.
SELECT
    p.slot_id, a.area_id, p.duty_id,
    CAST(SUM(p.expected) AS BIGINT) AS expected,
    CAST(SUM(CASE WHEN a.is_self = 1 AND p.fit = 2 THEN p.expected ELSE 0 END) AS BIGINT) AS expected_itself,
    CAST(SUM(p.submitted) AS BIGINT) AS submitted,
    CAST(SUM(p.on_time) AS BIGINT) AS on_time,
    CAST(SUM(p.accepted) AS BIGINT) AS accepted,
    CAST(SUM(p.timely) AS BIGINT) AS timely,
    CAST(SUM(p.confirmed) AS BIGINT) AS confirmed
FROM place p
JOIN ancestor a ON a.node_id = p.node_id
GROUP BY p.slot_id, a.area_id, p.duty_id
